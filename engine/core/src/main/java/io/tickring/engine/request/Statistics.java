package io.tickring.engine.request;

/**
 * What the price table had seen at {@code sequence}, summed over all instruments and since the journal's beginning, and where the engine
 * was when it was answered.
 *
 * @param timeBack ticks received at an earlier time than the one before them of their instrument
 * @param repeatedIds trades whose id is not above the one before them
 * @param idGaps trades whose id is more than one above the one before them
 * @param crossed quotes whose bid was above their ask
 * @param locked quotes whose bid was their ask
 * @param stale instruments whose price was stale or had expired then
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
        long idGaps,
        long crossed,
        long locked,
        int stale,
        long acceptedSequence,
        long journaledSequence,
        long durableSequence) {}
