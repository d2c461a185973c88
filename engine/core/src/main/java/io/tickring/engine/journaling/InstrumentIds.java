package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableDescriptor;

/** Which ids a record out of a journal may carry: a sound checksum says nothing about who wrote it. */
final class InstrumentIds {
    private InstrumentIds() {}

    /** Whether there can be a row of the price table for it. */
    static boolean isLegal(int instrumentId) {
        return instrumentId >= 0 && instrumentId < PriceTableDescriptor.MAX_CAPACITY;
    }
}
