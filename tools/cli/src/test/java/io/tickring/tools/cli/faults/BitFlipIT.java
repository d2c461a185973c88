package io.tickring.tools.cli.faults;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineException;
import io.tickring.engine.price.TableDigest;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.Run;
import io.tickring.tools.cli.RunLaws;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit flipped anywhere in a data folder, then {@code verify} or a start: all is there, or the place is named, or what was not
 * durable is cut and counted. Never a replay that is short, or wrong, and says nothing.
 */
@ExtendWith(FaultTable.class)
class BitFlipIT {
    private static final FaultRow ROW =
            FaultTable.row("03 one bit flipped", "CRC32C and links of blocks, two slots of the durable mark");
    private static final int ANYWHERE = 10;
    private static final int DRAWS = 100;
    private static final int OUT_OF = 6;
    /** Of so many flips each outcome is among them; of a tenth one may be missing. */
    private static final int ENOUGH_TO_SEE_ALL = 200;

    @TempDir
    Path folder;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private SmallJournal journal;
    private JsonText sound;

    @Test
    void shouldNeverReadShortOrWrong() throws IOException, InterruptedException {
        journal = SmallJournal.writeBehindSnapshot(folder, 2);
        sound = Tail.verify(journal.data(), journal.last());
        List<Path> files = SmallJournal.files(journal.data());
        List<Path> journals = SmallJournal.files(journal.data().resolve("journal"));
        List<Path> snapshots = SmallJournal.files(journal.data().resolve("snapshots"));
        ROW.each(2_000, 200, (number, random) -> {
            int draw = random.nextInt(OUT_OF);
            List<Path> from = draw == 0 ? files : draw == 1 ? snapshots : journals;
            Path file = from.get(random.nextInt(from.size()));
            long bit = bitOf(file, random);
            String place = journal.data().relativize(file) + " bit " + bit;
            String outcome;
            try {
                outcome = number % 2 == 0 ? verify(file, bit) : start(file, bit);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(place + (number % 2 == 0 ? " verify: " : " start: ") + e, e);
            }
            outcomes.merge(outcome, 1, Integer::sum);
        });
        ROW.note(outcomes.toString());
        if (outcomes.values().stream().mapToInt(Integer::intValue).sum() >= ENOUGH_TO_SEE_ALL) {
            assertThat(outcomes.keySet()).contains("verify: intact", "verify: named", "start: intact", "start: named");
        }
    }

    /** A reader that follows the length words alone delivers what was flipped as if it had been written. */
    @Test
    void shouldSeeAReaderThatDoesNotCheck() throws IOException, InterruptedException {
        journal = SmallJournal.write(folder, 1);
        List<JournalImage.Block> blocks = JournalImage.blocks(journal.data());
        JournalImage.Block middle = blocks.get(blocks.size() / 2);
        int content = JournalImage.contentOf(blocks);
        flip(middle.file(), (middle.end() - 1) * Byte.SIZE);
        ROW.control("the checksum", "what was written", () -> {
            List<JournalImage.Block> read = JournalImage.blocks(journal.data());
            assertThat(read).hasSameSizeAs(blocks);
            assertThat(JournalImage.contentOf(read)).as("what was written").isEqualTo(content);
        });
    }

    /** Most of a journal's files is 0 and never read: most draws are of bytes that are not, or stand near one. */
    private static long bitOf(Path file, Random random) throws IOException {
        long size = file.toFile().length();
        long bit = (long) (random.nextDouble() * size * Byte.SIZE);
        if (random.nextInt(ANYWHERE) == 0 || size == 0) {
            return bit;
        }
        long filled = Math.min(size, JournalImage.filled(file) + Long.BYTES);
        try (FileChannel channel = FileChannel.open(file, READ)) {
            ByteBuffer near = ByteBuffer.allocate(Long.BYTES);
            boolean isZero = true;
            for (int i = 0; i < DRAWS && isZero && filled > 0; i++) {
                bit = (long) (random.nextDouble() * filled * Byte.SIZE);
                near.clear().putLong(0, 0);
                channel.read(near, bit / Byte.SIZE / Long.BYTES * Long.BYTES);
                isZero = near.getLong(0) == 0;
            }
        }
        return bit;
    }

    private String verify(Path file, long bit) throws IOException {
        flip(file, bit);
        try {
            Run run = Run.tools("verify", "--json", "--data", journal.data());
            if (run.exitCode() == 0) {
                JsonText found = RunLaws.sound(run);
                for (String name : List.of("ticks", "lastSequence")) {
                    assertThat(found.integer(name)).as(name).isEqualTo(sound.integer(name));
                }
                assertThat(found.text("digest")).isEqualTo(sound.text("digest"));
                return "verify: intact";
            }
            assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
            requirePlace(
                    run.data().isEmpty()
                            ? run.talk()
                            : JsonText.parse(run.data()).text("error"));
            return "verify: named";
        } finally {
            flip(file, bit);
        }
    }

    private String start(Path file, long bit) throws IOException {
        Path copy = folder.resolve("copy");
        SmallJournal.copy(journal.data(), copy);
        flip(copy.resolve(journal.data().relativize(file)), bit);
        long first;
        long torn;
        String digest;
        try (Engine engine = Engine.launch(journal.continuing(copy))) {
            first = engine.firstSequence();
            torn = engine.status().counters().get("torn tails sealed");
            digest = TableDigest.format(engine.summary().digest());
        } catch (EngineException e) {
            requirePlace(e.getMessage());
            return "start: named";
        }
        if (torn == 0) {
            assertThat(first).as("where a journal goes on that is called sound").isEqualTo(journal.last() + 1);
            assertThat(digest).as("the digest of its state").isEqualTo(sound.text("digest"));
        } else {
            assertThat(first).as("where it goes on, behind what was durable").isGreaterThan(journal.durable());
        }
        if (torn == 0 && file.equals(JournalImage.cycles(journal.data()).get(0))) {
            return verifyBehindSnapshot(copy, first);
        }
        requireAll(copy, first, digest);
        return torn == 0 ? "start: intact" : "start: torn tail";
    }

    /** A start reads what lies behind the snapshot: what is before it, the whole first file, it leaves to verify. */
    private static String verifyBehindSnapshot(Path copy, long first) {
        Run run = Run.tools("verify", "--json", "--data", copy);
        if (run.exitCode() == 0) {
            assertThat(RunLaws.sound(run).integer("lastSequence")).isGreaterThanOrEqualTo(first - 1);
            return "start: intact";
        }
        assertThat(run.exitCode()).as(run.talk()).isEqualTo(1);
        requirePlace(
                run.data().isEmpty() ? run.talk() : JsonText.parse(run.data()).text("error"));
        return "start: intact behind a snapshot, verify: named";
    }

    private static void requireAll(Path copy, long first, String digest) {
        JsonText verified = Tail.verify(copy, first - 1);
        assertThat(verified.integer("firstSequence")).isEqualTo(1);
        assertThat(verified.text("digest")).as("replayed, and as it started").isEqualTo(digest);
    }

    private static void requirePlace(String error) {
        assertThat(error.strip()).doesNotContain("\n").containsPattern("(file|path|folder|directory|sequence)=");
    }

    private static void flip(Path file, long bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, bit / Byte.SIZE);
            one.put(0, (byte) (one.get(0) ^ 1 << bit % Byte.SIZE)).rewind();
            channel.write(one, bit / Byte.SIZE);
        }
    }
}
