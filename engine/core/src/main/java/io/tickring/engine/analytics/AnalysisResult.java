package io.tickring.engine.analytics;

import java.util.List;

/**
 * What an {@link Analysis} has found.
 *
 * @param instruments that had a tick, by id
 * @param correlation of their returns, in the same order; of none where no returns were kept
 * @param digest of the figures, as {@link FiguresReader#digest}
 * @param unknownInstruments ticks, or definitions, of instruments for which there was no room or no definition; they are in no figure
 */
public record AnalysisResult(
        List<Instrument> instruments, Correlation correlation, long digest, long unknownInstruments) {
    /** One of them. */
    public record Instrument(InstrumentFigures figures, BarHistory bars, ReturnSeries returns) {}

    /** Of all instruments. */
    public long ticks() {
        return instruments.stream().mapToLong(each -> each.figures().ticks()).sum();
    }
}
