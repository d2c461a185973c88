/** What an engine says of itself: counters, errors, heartbeat in a mapped file, and the latency of its stages. */
package io.tickring.engine.status;
