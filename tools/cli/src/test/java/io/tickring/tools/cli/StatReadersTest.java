package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.ReaderState;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.TickDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code stat} shows of the readers outside the engine, out of their files in {@code readers}. */
class StatReadersTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final long NOW_MS = 1_723_161_255_000L;
    private static final long HOUR_MS = 3_600_000;
    /** Where a reader's file says when it polled last, in ms since the epoch. */
    private static final long POLLED_OFFSET = 32;
    /** More than a broadcast of {@link #BROADCAST_BYTES} holds. */
    private static final int QUOTES = 30_000;

    private static final int BROADCAST_BYTES = 1 << 20;
    /** A start that is not this process's. */
    private static final long ANOTHER_START_MS = 1;

    private static final String TITLES = "reader|mode|state|delivered|missed|folded|lag|lag ms";
    private static final Pattern SILENT = Pattern.compile("pid " + PID + " has not read for (\\d+) s");

    @TempDir
    Path data;

    @Test
    void shouldShowHowFarEachReaderOfARunningEngineHasCome() throws IOException {
        try (Engine engine = launch()) {
            TickPublisher publisher = engine.newPublisher("p");
            int id = publisher.define("A");
            quotes(publisher, id, 1);
            awaitShown(engine, 2);
            try (Subscription every = subscribe("every", SubscriptionMode.EVERY);
                    Subscription latest = subscribe("latest", SubscriptionMode.LATEST);
                    Subscription lossless = subscribe("lossless", SubscriptionMode.LOSSLESS)) {
                pollUntilDelivered(latest, 1);
                quotes(publisher, id, QUOTES);
                awaitShown(engine, QUOTES + 2);
                Jar.await("a lap", () -> every.poll(1) != Subscription.ENDED && every.missed() > 0);
                pollUntilDelivered(latest, 2);
                pollUntilDelivered(lossless, 4);
                List.of(every, latest, lossless).forEach(Subscription::done);

                String lapped = every.delivered() + "|" + every.missed() + "|0|" + (QUOTES + 2 - every.position());
                List<String> figures = List.of(lapped, "2|0|" + (QUOTES - 1) + "|0", "4|0|0|" + (QUOTES + 2 - 5));
                requireTable(figures);
                requireJson(figures);
                assertThat(engine.stopReason()).isNull();
            }
        }
    }

    @Test
    void shouldSayHowLongAReaderHasNotReadUntilItReadsAgain() throws IOException {
        try (Engine engine = launch()) {
            TickPublisher publisher = engine.newPublisher("p");
            quotes(publisher, publisher.define("A"), 10);
            awaitShown(engine, 11);
            try (Subscription mine = subscribe("mine", SubscriptionMode.LOSSLESS)) {
                pollUntilDelivered(mine, 4);
                mine.done();
                long polledMs = System.currentTimeMillis() - HOUR_MS;
                putPolled("mine", polledMs);

                long beforeMs = System.currentTimeMillis();
                String[] cells = table().get(1).split("\\|");
                JsonText json = json().get(0);
                long afterMs = System.currentTimeMillis();
                Matcher state = SILENT.matcher(cells[2]);
                assertThat(state.matches()).as(cells[2]).isTrue();
                assertThat(Long.parseLong(state.group(1)))
                        .isBetween((beforeMs - polledMs) / 1_000, (afterMs - polledMs) / 1_000);
                long lagMs = json.integer("lagNs") / 1_000_000;
                assertThat(number(cells[7])).isBetween(lagMs + beforeMs - polledMs, lagMs + afterMs - polledMs);
                assertThat(json.integer("polledAgeMs")).isBetween(beforeMs - polledMs, afterMs - polledMs);
                assertThat(json.integer("lag")).isEqualTo(6);

                Jar.await("the state of one that reads", () -> {
                    mine.poll(4);
                    return table().get(1).startsWith("mine|lossless|pid " + PID + "|10|0|0|0|0");
                });
                assertThat(engine.stopReason()).isNull();
            }
        }
    }

    @Test
    void shouldTellReadersThatReadFromSilentAndGoneOnesInTheTable() {
        assertThat(ReaderText.lines(List.of(), 9_999, NOW_MS)).isEmpty();
        assertThat(ReaderText.lines(readers(), 9_999, NOW_MS).stream().map(StatReadersTest::cells))
                .containsExactly(
                        "",
                        TITLES,
                        "ahead|lossless|pid " + PID + "|1|0|0|5,000|7",
                        "begun|every|pid " + PID + "|2|0|0|33|1,006",
                        "gone|latest|not running|1,234|0|5,678|9,989|-",
                        "kept|lossless|not running, next is 42|41|3|0|9,958|-",
                        "level|latest|pid " + PID + " has not read for 1 s|1,234|0|5,678|0|0",
                        "silent|every|pid " + PID + " has not read for 90 s|12,345|678|0|8,900|91,006");
    }

    @Test
    void shouldTellReadersThatReadFromSilentAndGoneOnesInJson() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            generator.writeStartObject();
            ReaderText.write(readers(), 9_999, NOW_MS, generator);
            generator.writeEndObject();
        }
        List<JsonText> written = JsonText.parse(bytes.toString(StandardCharsets.UTF_8))
                .field("readers")
                .elements();
        assertThat(written.stream().map(StatReadersTest::values))
                .containsExactly(
                        "ahead|lossless|true|" + PID + "|true|0|5000|1|0|0|5000|7500000",
                        "begun|every|false|" + PID + "|true|999|0|2|0|0|33|7500000",
                        "gone|latest|false|" + PID + "|false|5000|11|1234|0|5678|9989|7500000",
                        "kept|lossless|true|" + PID + "|false|5000|42|41|3|0|9958|7500000",
                        "level|latest|false|" + PID + "|true|1000|10000|1234|0|5678|0|7500000",
                        "silent|every|false|" + PID + "|true|90999|1100|12345|678|0|8900|7500000");
    }

    /** Of which the first has polled by a clock that was set back since. */
    private static List<ReaderState> readers() {
        return List.of(
                reader("ahead", SubscriptionMode.LOSSLESS, true, true, -5, 5_000, 1, 0, 0),
                reader("begun", SubscriptionMode.EVERY, false, true, 999, 0, 2, 0, 0),
                reader("gone", SubscriptionMode.LATEST, false, false, 5_000, 11, 1_234, 0, 5_678),
                reader("kept", SubscriptionMode.LOSSLESS, true, false, 5_000, 42, 41, 3, 0),
                reader("level", SubscriptionMode.LATEST, false, true, 1_000, 10_000, 1_234, 0, 5_678),
                reader("silent", SubscriptionMode.EVERY, false, true, 90_999, 1_100, 12_345, 678, 0));
    }

    private static ReaderState reader(
            String name,
            SubscriptionMode mode,
            boolean keeps,
            boolean alive,
            long silenceMs,
            long nextSequence,
            long delivered,
            long missed,
            long folded) {
        long startedMs = alive ? 0 : ANOTHER_START_MS;
        return new ReaderState(
                name,
                mode,
                keeps,
                PID,
                startedMs,
                NOW_MS - silenceMs,
                nextSequence,
                delivered,
                missed,
                folded,
                33,
                7_500_000);
    }

    /** @param figures delivered, missed, folded and lag of each */
    private void requireTable(List<String> figures) throws IOException {
        List<ReaderState> states = ReaderState.of(data);
        long beforeMs = System.currentTimeMillis();
        List<String> table = table();
        long afterMs = System.currentTimeMillis();
        assertThat(table).hasSize(1 + figures.size()).startsWith(TITLES);
        for (int i = 0; i < figures.size(); i++) {
            ReaderState state = states.get(i);
            String row = table.get(i + 1);
            String[] cells = row.split("\\|");
            String name = state.name();
            assertThat(row).startsWith(name + "|" + name + "|pid " + PID);
            assertThat(number(cells[3]) + "|" + number(cells[4]) + "|" + number(cells[5]) + "|" + number(cells[6]))
                    .as(name)
                    .isEqualTo(figures.get(i));
            long lagMs = state.lagNs() / 1_000_000 - state.polledEpochMs();
            if (number(cells[6]) == 0) {
                assertThat(number(cells[7])).isZero();
            } else {
                assertThat(number(cells[7])).as(name).isBetween(lagMs + beforeMs, lagMs + afterMs);
            }
        }
    }

    private void requireJson(List<String> figures) throws IOException {
        List<ReaderState> states = ReaderState.of(data);
        long beforeMs = System.currentTimeMillis();
        List<JsonText> json = json();
        long afterMs = System.currentTimeMillis();
        assertThat(json).hasSize(figures.size());
        for (int i = 0; i < figures.size(); i++) {
            ReaderState state = states.get(i);
            JsonText reader = json.get(i);
            String name = state.name();
            assertThat(reader.names())
                    .containsExactly(
                            "name",
                            "mode",
                            "keeps",
                            "pid",
                            "alive",
                            "polledAgeMs",
                            "nextSequence",
                            "delivered",
                            "missed",
                            "folded",
                            "lag",
                            "lagNs");
            assertThat(reader.integer("polledAgeMs"))
                    .isBetween(beforeMs - state.polledEpochMs(), afterMs - state.polledEpochMs());
            boolean keeps = name.equals("lossless");
            assertThat(values(reader))
                    .isEqualTo(name + "|" + name + "|" + keeps + "|" + PID + "|true|" + reader.integer("polledAgeMs")
                            + "|" + state.nextSequence() + "|" + figures.get(i) + "|" + state.lagNs());
        }
    }

    /** The lines behind the last empty one. */
    private List<String> table() {
        Run run = Run.tools("stat", "--once", "--data", data);
        assertThat(run.exitCode()).as(run.talk()).isZero();
        List<String> lines = run.dataLines();
        return lines.subList(lines.lastIndexOf("") + 1, lines.size()).stream()
                .map(StatReadersTest::cells)
                .toList();
    }

    private List<JsonText> json() {
        Run run = Run.tools("stat", "--once", "--json", "--data", data);
        assertThat(run.exitCode()).as(run.talk()).isZero();
        return JsonText.parse(run.data()).field("readers").elements();
    }

    private static String cells(String line) {
        return line.replaceAll(" {2,}", "|");
    }

    private static String values(JsonText reader) {
        return String.join(
                "|",
                reader.names().stream()
                        .map(name -> String.valueOf(reader.field(name).value()))
                        .toList());
    }

    private static long number(String cell) {
        return Long.parseLong(cell.replace(",", ""));
    }

    /** As if it had polled last at that time. */
    private void putPolled(String name, long epochMs) throws IOException {
        try (FileChannel channel = FileChannel.open(data.resolve("readers").resolve(name), StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, epochMs),
                    POLLED_OFFSET);
        }
    }

    private Engine launch() {
        return Engine.launch(
                new EngineContext().dataDirectory(data).instruments(16).broadcastBytes(BROADCAST_BYTES));
    }

    private Subscription subscribe(String name, SubscriptionMode mode) throws IOException {
        SubscriptionContext context = new SubscriptionContext().name(name).mode(mode);
        if (mode == SubscriptionMode.LOSSLESS) {
            context.fromStart();
        }
        return FolderSubscription.open(data, data, context, new TickListener() {});
    }

    private static void quotes(TickPublisher publisher, int id, int count) {
        for (int i = 0; i < count; i++) {
            Market.publish(publisher, tick -> tick.quote(id, TickDescriptor.NO_TIME, 1, 1, 2, 1, 1));
        }
    }

    /** Until everything up to {@code sequence} is journaled and applied, and {@code stat} knows of it. */
    private static void awaitShown(Engine engine, long sequence) {
        Jar.await(
                "sequence " + sequence,
                () -> engine.counters().acceptedSequence.get() == sequence
                        && engine.counters().journaledSequence.get() == sequence
                        && engine.prices().appliedSequence() == sequence);
    }

    private static void pollUntilDelivered(Subscription subscription, long count) {
        Jar.await("what was published", () -> {
            assertThat(subscription.poll((int) (count - subscription.delivered())))
                    .as("failure %s", subscription.failure())
                    .isNotEqualTo(Subscription.ENDED);
            return subscription.delivered() == count;
        });
    }
}
