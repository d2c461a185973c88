package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalAppender;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalRoll;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a stream begins, and what it says of that which it does not have. A tick's receive time is 1000 and its sequence. */
class JournalStreamTest {
    @TempDir
    private Path folder;

    private final DefinitionLog definitions = new DefinitionLog();
    private final List<String> given = new ArrayList<>();
    private final SubscriptionContext named =
            new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).name("mine");
    private long firstSequence = 1;
    private long nowMs = 1_000_000;

    private final class Notes implements TickListener {
        @Override
        public void onTick(Tick tick) {
            given.add("" + tick.sequence());
        }

        @Override
        public void onMissed(long first, long last, MissedCause cause) {
            given.add(first + "-" + last + " " + cause);
        }
    }

    /** 2 to 9 are ticks, 10 to 19 a gap, 20 a definition, 21 to 29 ticks. */
    @ParameterizedTest
    @CsvSource({"1005,5", "1009,9", "1010,10-19", "1015,10-19", "1020,10-19", "1021,10-19", "1022,22", "1025,25"})
    void shouldGiveTheGapThatMayHoldTicksOfTheTime(long time, String first) {
        journal(1, 1, 10);
        gap(10, 19);
        journal(20, 20, 30);
        assertThat(read(JournalRange.Position.time(time))).startsWith(first).endsWith("29");
        if (first.contains("-")) {
            assertThat(read(JournalRange.Position.time(time))).startsWith(first, "21");
        }
    }

    @Test
    void shouldGiveTheGapAtTheEndWithWhatComesBehindIt() {
        journal(1, 1, 10);
        gap(10, 19);
        try (JournalStream stream = JournalStream.open(folder, JournalRange.Position.time(1_015))) {
            assertThat(readAll(stream)).isEmpty();
            journal(20, 20, 30);
            assertThat(readAll(stream)).startsWith("10-19", "21").endsWith("29");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1-50 NOT_AVAILABLE", "50,50-50 NOT_AVAILABLE", "51,52", "0,52"})
    void shouldTellWhatTheJournalNoLongerGoesBackTo(long from, String first) throws IOException {
        firstSequence = 51;
        journal(51, 51, 60);
        try (Subscription lossless = subscribe(
                new SubscriptionContext().mode(SubscriptionMode.LOSSLESS).from(JournalRange.Position.sequence(from)))) {
            assertThat(lossless.poll(100)).isEqualTo(8);
        }
        assertThat(given).startsWith(first).endsWith("59").hasSize(first.contains("-") ? 9 : 8);
    }

    @Test
    void shouldRefuseAPlaceAheadOfTheJournal() throws IOException {
        journal(1, 1, 12);
        Path early = folder.resolve("early");
        copy(folder.resolve("journal"), early);
        journal(12, 12, 30);
        readNamed();
        assertThat(given).endsWith("29");
        delete(folder.resolve("journal"));
        Files.move(early, folder.resolve("journal"));

        assertThatThrownBy(() -> subscribe(named))
                .isInstanceOf(SubscriptionException.class)
                .hasMessage(
                        "directory=" + folder + " nextSequence=30 firstSequence=1 lastSequence=11: the reader's place"
                                + " is ahead of the journal, which has lost its end; remove its file in readers, or choose"
                                + " another name");

        journal(12, 12, 30);
        given.clear();
        try (Subscription atTheEnd = subscribe(named)) {
            assertThat(atTheEnd.poll(100)).isZero();
            journal(30, 30, 33);
            assertThat(atTheEnd.poll(100)).as("%s", atTheEnd.failure()).isEqualTo(2);
        }
        assertThat(given).containsExactly("31", "32");
    }

    @Test
    void shouldRefuseAPlaceThatTheJournalNoLongerGoesBackTo() throws IOException {
        journal(1, 1, 10);
        readNamed();
        nowMs += 60_000;
        journal(10, 10, 20);
        nowMs += 60_000;
        journal(20, 20, 30);
        List<Path> files = files();
        assertThat(files).hasSize(3);
        Files.delete(files.get(0));
        given.clear();
        readNamed();
        assertThat(given).startsWith("11").endsWith("29");
        nowMs += 60_000;
        journal(30, 30, 40);
        nowMs += 60_000;
        journal(40, 40, 50);
        Files.delete(files.get(1));
        Files.delete(files.get(2));
        Files.delete(files().get(0));
        assertThatThrownBy(() -> subscribe(named))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageStartingWith("directory=" + folder + " nextSequence=30 firstSequence=40 lastSequence=49: the"
                        + " journal no longer goes back to the reader's place; remove");
    }

    private void readNamed() throws IOException {
        try (Subscription first = subscribe(named.fromStart())) {
            assertThat(first.poll(100)).isPositive();
            first.done();
        }
    }

    private Subscription subscribe(SubscriptionContext context) throws IOException {
        return FolderSubscription.open(
                folder, folder, context.from() == null ? context.fromStart() : context, new Notes());
    }

    private List<String> read(JournalRange.Position from) {
        try (JournalStream stream = JournalStream.open(folder, from)) {
            return readAll(stream);
        }
    }

    /** Ticks and gaps. */
    private static List<String> readAll(JournalStream stream) {
        List<String> all = new ArrayList<>();
        while (stream.next()) {
            if (stream.gap() != null) {
                all.add(stream.gap().from() + "-" + stream.gap().to());
            }
            for (int i = 0; i < stream.count(); i++) {
                Tick tick = new Tick().wrap(stream.records(), stream.offset() + i * TickDescriptor.LENGTH);
                if (tick.isTick()) {
                    all.add("" + tick.sequence());
                }
            }
        }
        return all;
    }

    /** Blocks of one record: a definition and then ticks. */
    private void journal(long first, int id, long end) {
        UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        try (JournalAppender journal = open()) {
            for (long sequence = first; sequence < end; sequence++) {
                MutableTick tick = new MutableTick().wrap(record, 0);
                record.putLong(0, sequence, ByteOrder.LITTLE_ENDIAN);
                if (sequence == first) {
                    tick.definition(id, "S" + id);
                    definitions.addFrom(record, 0, 1);
                } else {
                    tick.quote(id, 5, 1_000 + sequence, sequence, sequence + 1, 3, 4);
                }
                journal.append(
                        record,
                        0,
                        sequence,
                        1,
                        sequence == first ? 1_000 + first - 1 : 1_000 + sequence,
                        sequence == first);
            }
        }
    }

    private void gap(long from, long to) {
        PriceTableWriter table = new PriceTableWriter(PriceTableFile.inMemory(64), 64);
        try (JournalAppender journal = open()) {
            GapState state = new GapState();
            JournalGap gap = new JournalGap(from, to, GapCause.DISK_LOW);
            state.set(gap, to + 1, definitions, table);
            state.appendTo(journal, gap);
        }
    }

    private JournalAppender open() {
        return JournalAppender.open(new JournalContext()
                .directory(folder)
                .dictionary(definitions)
                .codec(new CompactCodec())
                .roll(JournalRoll.SECONDLY)
                .epochClock(() -> nowMs)
                .firstSequence(firstSequence));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("journal"))) {
            return all.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(of);
    }
}
