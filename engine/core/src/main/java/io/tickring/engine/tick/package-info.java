/** One record, 64 bytes: its layout, its windows, its numbers. Imports nothing of ours. */
package io.tickring.engine.tick;
