package io.tickring.engine.feed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What came of a whole input: ticks, symbols in the order of their ids, counts and the lines of the error log. */
record FeedRun(
        List<TickEvent> ticks,
        List<String> symbols,
        long lines,
        long ignored,
        Map<RejectReason, Long> rejected,
        List<String> errors) {

    /** Runs Binance's lines as standard input. */
    static FeedRun binance(String text) {
        return binance(bytes(text));
    }

    static FeedRun binance(byte[] input) {
        return binance(new ByteArrayInputStream(input), "");
    }

    static FeedRun binance(InputStream input, String suffix) {
        try (FeedRig rig = new FeedRig(1 << 10, 64);
                BinanceFeed feed = BinanceFeed.open(List.of("-"), input)) {
            return of(rig, feed, suffix);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs CSV as standard input, its columns told by its header. */
    static FeedRun csv(String text) {
        return csv(text, new CsvContext());
    }

    static FeedRun csv(String text, CsvContext context) {
        return csv(new ByteArrayInputStream(bytes(text)), context);
    }

    static FeedRun csv(InputStream input, CsvContext context) {
        try (FeedRig rig = new FeedRig(1 << 10, 64);
                CsvFeed feed = CsvFeed.open("-", context, input)) {
            return of(rig, feed, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static FeedRun of(FeedRig rig, Feed feed, String suffix) throws IOException {
        FeedCounters counters = rig.counters("test");
        feed.run(rig.output(counters, suffix, new TickBudget(TickBudget.UNLIMITED), new PaceClock(PaceClock.MAX)));
        List<TickEvent> events = rig.drain();
        List<TickEvent> ticks = TickEvent.ticksOf(events);
        if (counters.quotes() + counters.trades() != ticks.size()) {
            throw new AssertionError("counted " + counters.quotes() + " quotes and " + counters.trades() + " trades of "
                    + ticks.size() + " ticks");
        }
        Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            if (counters.rejected(reason) > 0) {
                rejected.put(reason, counters.rejected(reason));
            }
        }
        return new FeedRun(
                ticks,
                TickEvent.symbolsOf(events),
                counters.lines(),
                counters.ignored(),
                rejected,
                List.copyOf(rig.errors()));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
