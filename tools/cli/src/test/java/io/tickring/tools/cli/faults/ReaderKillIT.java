package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.subscription.ReaderState;
import io.tickring.tools.cli.Jar;
import io.tickring.tools.cli.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers with a name that begin anywhere, are killed or interrupted at random moments and go on, some while the engine is killed too:
 * together they were given what the journal holds.
 */
@ExtendWith(FaultTable.class)
class ReaderKillIT {
    private static final FaultRow ROW =
            FaultTable.row("18 kill -9 of a reader", "what was read counts only once it was written");
    /** What a reader polls at once: so much it may be given again. */
    private static final int POLL = 1_024;

    private static final int KILLS_ENGINE = 3;
    /** As a process ends that is interrupted before it looks for that. */
    private static final int BY_SIGNAL_INT = 130;

    private static final int BY_SIGNAL_TERM = 143;

    @TempDir
    Path folder;

    private final List<List<String>> starts = new ArrayList<>();
    private Path data;
    private Jar.Running engine;
    private long again;
    private long ticks;
    private int kills;
    private int engines;

    @Test
    void shouldBeGivenExactlyTheJournal() throws IOException {
        data = folder.resolve("data");
        try (Jar jar = new Jar(folder.resolve("engines"))) {
            startEngine(jar);
            ROW.each(100, 6, (number, random) -> round(jar, number, random));
            engine.interrupt();
            assertThat(engine.await().exitCode()).isZero();
        }
        ROW.note(kills + " kills of readers, " + (engines - 1) + " of the engine, " + ticks + " ticks, " + again
                + " given twice");
        ROW.control("a line lost with its reader", "missing", () -> {
            starts.get(0).remove(starts.get(0).size() - 1);
            compare(starts, new boolean[starts.size()]);
        });
    }

    private void startEngine(Jar jar) {
        engine = jar.startEngine("--data", data, "--feed", "sim:rate=5k,seed=" + engines++, "--quiet");
        LiveEngine live = LiveEngine.watch(engine, data, LiveEngine.statusIn(data));
        live.awaitRunning();
        live.await("some ticks", live::journaled, 1_000);
    }

    private void round(Jar engines, int number, Random random) throws IOException {
        String name = "reader-" + number;
        long journaled = LiveEngine.statusIn(data).counters().get("journaled sequence");
        String from = random.nextInt(3) == 0
                ? "now"
                : Long.toString(Math.max(1, journaled - random.nextInt(20_000) + random.nextInt(1_000)));
        int count = 2 + random.nextInt(2);
        boolean[] killed = new boolean[count];
        starts.clear();
        try (Jar jar = new Jar(folder.resolve(name))) {
            for (int i = 0; i < count; i++) {
                Jar.Running reader =
                        jar.startTools("watch", "--mode", "lossless", "--name", name, "--from", from, "--data", data);
                boolean isLast = i == count - 1;
                if (isLast || random.nextInt(3) > 0) {
                    Jar.await("a line", () -> isTick(reader));
                }
                Jar.sleep(random.nextInt(300));
                if (!isLast && random.nextInt(KILLS_ENGINE) == 0) {
                    engine.kill();
                    startEngine(engines);
                }
                killed[i] = !isLast && random.nextInt(4) > 0;
                end(reader, killed[i]);
                starts.add(lines(reader.shown()));
            }
        }
        compare(starts, killed);
        requirePlace(name);
    }

    private static boolean isTick(Jar.Running reader) {
        assertThat(reader.isAlive()).as(reader.said()).isTrue();
        return reader.shown().lines().skip(1).anyMatch(line -> line.contains(",quote,") || line.contains(",trade,"));
    }

    private void end(Jar.Running reader, boolean kill) {
        if (kill) {
            kills++;
            reader.kill();
            return;
        }
        boolean hasBegun = !reader.shown().isEmpty();
        reader.interrupt();
        Run run = reader.await();
        assertThat(run.exitCode())
                .as(run.talk())
                .isIn(hasBegun ? List.of(0) : List.of(0, BY_SIGNAL_INT, BY_SIGNAL_TERM));
    }

    /** Ticks alone, whole lines alone: the last line of one that was killed may be torn. */
    private static List<String> lines(String shown) {
        int end = shown.lastIndexOf('\n') + 1;
        return new ArrayList<>(shown.substring(0, end)
                .lines()
                .filter(line -> line.contains(",quote,") || line.contains(",trade,"))
                .toList());
    }

    /** Puts the starts together, each behind the one before, and holds them to the journal. */
    private void compare(List<List<String>> parts, boolean[] killed) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<String> part = parts.get(i);
            if (part.isEmpty()) {
                continue;
            }
            int twice = 0;
            Set<String> given = new HashSet<>(part);
            long first = sequence(part.get(0));
            while (!all.isEmpty() && sequence(all.get(all.size() - 1)) >= first) {
                String last = all.remove(all.size() - 1);
                twice++;
                assertThat(given.contains(last)).as("given again: %s", last).isTrue();
            }
            assertThat(twice)
                    .as("lines given twice by start %d", i)
                    .isLessThanOrEqualTo(i > 0 && killed[i - 1] ? POLL : 0);
            again += twice;
            all.addAll(part);
        }
        long from = sequence(all.get(0));
        long to = sequence(all.get(all.size() - 1));
        List<String> journal =
                Run.tools("replay", "--from", from, "--to", to, "--data", data).dataLines();
        journal = journal.subList(1, journal.size());
        for (int i = 0; i < Math.max(all.size(), journal.size()); i++) {
            String expected = i < journal.size() ? journal.get(i) + ",,,,," : "nothing";
            assertThat(i < all.size() ? all.get(i) : "nothing")
                    .as("missing, or not the journal's, at %d of %d; starts %s", i, journal.size(), sizes(parts))
                    .isEqualTo(expected);
        }
        ticks += all.size();
    }

    private static String sizes(List<List<String>> parts) {
        return Arrays.toString(parts.stream().mapToInt(List::size).toArray());
    }

    private static long sequence(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(',')));
    }

    /** What comes next is behind the last line, and nothing but records that are no ticks lie in between. */
    private void requirePlace(String name) {
        try {
            ReaderState state = ReaderState.of(data).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            List<String> last = starts.get(starts.size() - 1);
            long newest = sequence(last.get(last.size() - 1));
            assertThat(state.nextSequence()).isGreaterThan(newest);
            if (state.nextSequence() > newest + 1) {
                Run between =
                        Run.tools("replay", "--from", newest + 1, "--to", state.nextSequence() - 1, "--data", data);
                assertThat(between.dataLines()).hasSize(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
