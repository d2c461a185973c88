package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools jar says of the journals that the engine jar writes, wrote and was killed over. */
class DescribeIT {
    @TempDir
    Path folder;

    private Jar jar;

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldCountWhatAnIndependentDecoderCountedInTheRecordings() throws IOException {
        Path recordings = RecordingsIT.find();
        assumeTrue(recordings != null, "no shared/data/binance-20240808 above this module");
        JsonText expected = JsonText.parse(Files.readString(recordings.resolve("expected.json")));
        List<Object> arguments = new ArrayList<>(List.of("--json", "--quiet", "--data", "d"));
        for (String file : expected.names()) {
            arguments.addAll(List.of("--feed", name(file) + "=binance:" + recordings.resolve(file)));
        }
        JsonText summary = RunLaws.hold(jar.engine(arguments.toArray()));
        JsonText found = sound(jar.tools("describe", "--json", "--data", "d"));
        requireTotals(found, List.of(summary));
        List<JsonText> rows = found.field("instruments").elements();
        assertThat(rows).hasSize(expected.names().size());
        for (String file : expected.names()) {
            JsonText row = rows.stream()
                    .filter(each -> each.text("symbol").endsWith("." + name(file)))
                    .findFirst()
                    .orElseThrow();
            JsonText wanted = expected.field(file);
            assertThat(List.of(row.integer("quotes"), row.integer("trades")))
                    .containsExactly(wanted.integer("quotes"), wanted.integer("trades"));
            assertThat(row.integer("firstReceiveTime")).isGreaterThanOrEqualTo(wanted.integer("firstReceiveNs"));
            assertThat(row.integer("lastReceiveTime")).isLessThanOrEqualTo(wanted.integer("lastReceiveNs"));
        }
        assertThat(rows)
                .extracting(row -> row.integer("quotes") + row.integer("trades"))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void shouldCountOverRunsAndFilesAndTheirCopy() throws IOException {
        List<JsonText> runs = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            String feed = "sim:rate=20k,symbols=5,seed=" + seed;
            runs.add(RunLaws.hold(jar.engine(
                    "--feed", feed, "--ticks", "30k", "--roll", "secondly", "--data", "first", "--json", "--quiet")));
        }
        JsonText found = sound(jar.tools("describe", "--json", "--data", "first"));
        requireTotals(found, runs);
        assertThat(found.integer("incarnations")).isEqualTo(3);
        try (Stream<Path> files = Files.list(jar.work().resolve("first/journal"))) {
            assertThat(found.integer("cycles"))
                    .isEqualTo(files.filter(file -> file.toString().endsWith(".cq4"))
                            .count())
                    .isGreaterThan(3);
        }
        JsonText copied = RunLaws.hold(jar.engine("--feed", "journal:first", "--data", "second", "--json", "--quiet"));
        JsonText copy = sound(jar.tools("describe", "--json", "--data", "second"));
        requireTotals(copy, List.of(copied));
        assertThat(copy.field("instruments")).isEqualTo(found.field("instruments"));
        assertThat(copy.integer("padding") + copy.integer("checkpoints"))
                .isEqualTo(found.integer("padding") + found.integer("checkpoints"));
        assertThat(copy.text("journalId")).isNotEqualTo(found.text("journalId"));
    }

    @Test
    void shouldEndBesideARunningEngineWhereItStoodAtTheStart() {
        Path live = jar.work().resolve("live");
        Jar.Running engine = jar.startEngine("--feed", "sim:rate=300k", "--data", "d", "--live", "live", "--quiet");
        engine.awaitRunning(live);
        for (int i = 0; i < 2; i++) {
            long started = journaled(live);
            Jar.await("more ticks", () -> journaled(live) > started);
            long before = journaled(live);
            JsonText found = sound(jar.tools("describe", "--json", "--data", "d"));
            assertThat(found.integer("lastSequence")).isBetween(before, journaled(live));
            assertThat(found.integer("ticks") + found.integer("otherRecords")).isEqualTo(found.integer("lastSequence"));
            assertThat(found.field("instruments").elements()).hasSize(64);
            assertThat(engine.isAlive()).isTrue();
        }
        engine.kill();
        JsonText killed = sound(jar.tools("describe", "--json", "--data", "d"));
        JsonText verified = RunLaws.sound(jar.tools("verify", "--json", "--data", "d"));
        assertThat(List.of(killed.integer("lastSequence"), killed.integer("ticks"), killed.integer("blocks")))
                .containsExactly(
                        verified.integer("lastSequence"), verified.integer("ticks"), verified.integer("blocks"));
    }

    @Test
    void shouldNameADamagedBlockAndDescribeWhatStandsBeforeIt() throws IOException {
        Path data = jar.work().resolve("d");
        Journals.writeManyBlocks(data, 50);
        Journals.flipBit(data, 30);
        Run json = jar.tools("describe", "--json", "--data", "d");
        assertThat(json.exitCode()).isEqualTo(1);
        JsonText found = JsonText.parse(json.data());
        assertThat(List.of(found.integer("ticks"), found.integer("lastSequence")))
                .containsExactly(29L, 30L);
        assertThat(found.text("error")).contains(" sequence=31 ");
        Run text = jar.tools("describe", "--data", "d");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.data()).contains("BTC");
        assertThat(talk(text))
                .singleElement()
                .asString()
                .startsWith("tickring: the journal is damaged: file=")
                .contains(" block=", " sequence=31 ", "verify");
    }

    @Test
    void shouldRefuseAFolderWithoutAJournalAndTouchNothing() throws IOException {
        Run run = jar.tools("describe", "--data", "nowhere");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.data()).isEmpty();
        assertThat(talk(run))
                .singleElement()
                .asString()
                .startsWith("tickring: ")
                .contains("nowhere");
        try (Stream<Path> all = Files.list(jar.work())) {
            assertThat(all).isEmpty();
        }
        assertThat(jar.leftOutside()).isEmpty();
    }

    /** What runs of the engine, all of a journal's, said of themselves. */
    private static void requireTotals(JsonText found, List<JsonText> runs) {
        assertThat(found.integer("ticks")).isEqualTo(sum(runs, "journaled"));
        assertThat(found.integer("undefinedTicks")).isZero();
        assertThat(found.integer("definitions")).isEqualTo(sum(runs, "definitions"));
        assertThat(found.integer("padding")).isEqualTo(sum(runs, "padding"));
        assertThat(found.integer("checkpoints")).isEqualTo(sum(runs, "control"));
        assertThat(found.integer("skipped")).isEqualTo(sum(runs, "skipped"));
        assertThat(found.integer("blockBytes")).isEqualTo(sum(runs, "journalBytes"));
        assertThat(found.integer("firstSequence")).isEqualTo(runs.get(0).integer("firstSequence"));
        assertThat(found.integer("lastSequence"))
                .isEqualTo(runs.get(runs.size() - 1).integer("lastSequence"));
        assertThat(found.field("bytesPerTick").value())
                .isEqualTo(BigDecimal.valueOf(found.integer("blockBytes"))
                        .divide(BigDecimal.valueOf(found.integer("ticks")), 2, RoundingMode.HALF_UP));
    }

    private static long sum(List<JsonText> runs, String field) {
        return runs.stream().mapToLong(run -> run.integer(field)).sum();
    }

    private static JsonText sound(Run describe) {
        assertThat(describe.exitCode()).as(describe.talk()).isZero();
        JsonText found = JsonText.parse(describe.data());
        assertThat(found.text("journalId")).matches("[0-9a-f]{16}");
        assertThat(found.field("error").value()).isNull();
        return found;
    }

    private static long journaled(Path live) {
        return JsonText.parse(
                        Run.tools("stat", "--once", "--json", "--live", live).data())
                .field("counters")
                .integer("journaled sequence");
    }

    /** From 24 on the JVM warns of what libraries do. */
    private static List<String> talk(Run run) {
        return run.talkLines().stream()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }

    private static String name(String file) {
        return file.substring(0, file.indexOf("_2024"));
    }
}
