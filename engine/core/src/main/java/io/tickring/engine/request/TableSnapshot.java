package io.tickring.engine.request;

import io.tickring.engine.price.PriceTableReader;

/**
 * The price table as it was at {@code sequence}, in memory of its own that nobody changes any more.
 *
 * @param digest the engine's at this sequence, as in a checkpoint
 * @param table reads the copy; its applied sequence is {@code sequence}
 */
public record TableSnapshot(long sequence, long digest, PriceTableReader table) {}
