package io.tickring.engine;

import io.tickring.engine.analytics.FiguresReader;
import io.tickring.engine.analytics.InstrumentFigures;
import java.nio.file.Path;

/** A process that reads the figures of one symbol from the file of an engine, once. */
final class FiguresReaderProcess {
    private FiguresReaderProcess() {}

    public static void main(String[] arguments) throws Exception {
        FiguresReader reader = FiguresReader.map(Path.of(arguments[0]));
        InstrumentFigures figures = reader.newFigures();
        if (!reader.read(reader.find(arguments[1]), figures)) {
            throw new IllegalStateException("no whole row of " + arguments[1]);
        }
        System.out.print(text(reader, figures));
    }

    static String text(FiguresReader reader, InstrumentFigures figures) {
        return "digest=" + reader.digest() + " applied=" + reader.appliedSequence() + " symbol=" + figures.symbol()
                + " trades=" + figures.trades() + " ewma=" + figures.ewma() + " spread=" + figures.timeWeightedSpread()
                + " volatility=" + figures.realizedVolatility() + " bars=" + figures.bars(0) + figures.bars(1);
    }
}
