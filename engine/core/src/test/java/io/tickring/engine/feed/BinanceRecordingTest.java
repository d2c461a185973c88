package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The real recordings, where they are there: every count as an independent decoder found it. */
class BinanceRecordingTest {
    private static final Path RECORDINGS = Path.of("shared", "data", "binance-20240808");

    @Test
    void shouldCountWhatAnIndependentDecoderCounts() throws IOException {
        Path folder = folder();
        assumeThat(folder).as("recordings").isNotNull();
        Map<String, Map<String, Long>> expected = expected(folder.resolve("expected.json"));
        Map<String, Map<String, Long>> counted = new TreeMap<>();
        for (String file : expected.keySet()) {
            counted.put(file, counts(folder.resolve(file)));
        }
        assertThat(counted).isNotEmpty().isEqualTo(expected);
    }

    private static Map<String, Long> counts(Path file) throws IOException {
        try (FeedRig rig = new FeedRig(1 << 14, 16, FeedRig.BLIND);
                BinanceFeed feed = BinanceFeed.open(List.of(file.toString()))) {
            FeedCounters counters = rig.counters("recording");
            long firstReceiveNs = feed.firstReceiveTimeNs();
            feed.run(rig.output(counters, "", new TickBudget(TickBudget.UNLIMITED), new PaceClock(PaceClock.MAX)));
            assertThat(counters.rejected()).isZero();
            assertThat(rig.ring().lastClaimedSequence()).isEqualTo(counters.quotes() + counters.trades() + 1);
            return Map.of(
                    "lines", counters.lines(),
                    "quotes", counters.quotes(),
                    "trades", counters.trades(),
                    "otherFrames", counters.ignored(),
                    "firstReceiveNs", firstReceiveNs);
        }
    }

    /** Upwards from the module to the folder that holds the recordings, or null. */
    private static Path folder() {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.isRegularFile(path.resolve(RECORDINGS).resolve("expected.json"))) {
                return path.resolve(RECORDINGS);
            }
        }
        return null;
    }

    private static Map<String, Map<String, Long>> expected(Path file) throws IOException {
        Map<String, Map<String, Long>> recordings = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                Map<String, Long> numbers = new HashMap<>();
                recordings.put(json.currentName(), numbers);
                json.nextToken();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                        numbers.put(field, json.getLongValue());
                    }
                }
                numbers.keySet().retainAll(List.of("lines", "quotes", "trades", "otherFrames", "firstReceiveNs"));
            }
        }
        return recordings;
    }
}
