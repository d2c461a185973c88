/** One question to a running engine, one answer: snapshots, flushes, definitions, statistics. */
package io.tickring.engine.request;
