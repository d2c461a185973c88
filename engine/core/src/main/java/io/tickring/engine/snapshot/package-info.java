/** A state of the engine in one file, by sections of bytes that this package does not look into; imports nothing of ours. */
package io.tickring.engine.snapshot;
