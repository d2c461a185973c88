package io.tickring.engine.request;

/**
 * What the price table had seen at {@code sequence}, summed over all instruments and since the journal's beginning, and where the engine
 * was when it was answered.
 *
 * @param timeBack ticks received at an earlier time than the one before them of their instrument
 * @param repeatedIds trades whose id is not above the one before them
 * @param acceptedSequence the newest claimed
 * @param journaledSequence 0 without a journal
 * @param durableSequence 0 without a journal
 */
public record Statistics(
        long sequence,
        int instruments,
        long quotes,
        long trades,
        long timeBack,
        long repeatedIds,
        long acceptedSequence,
        long journaledSequence,
        long durableSequence) {}
