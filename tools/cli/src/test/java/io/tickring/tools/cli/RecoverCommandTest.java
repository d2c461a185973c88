package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverCommandTest {
    /** The sequence of the tick that is damaged. */
    private static final int LOST = 149;

    @TempDir
    Path data;

    @BeforeEach
    void damageJournal() throws IOException {
        Journals.writeManyBlocks(data, 200);
        Journals.flipBit(data, LOST - 1);
    }

    @Test
    void shouldRecoverWhatAnEngineRefuses() throws IOException {
        Run dry = Run.tools("recover", "--dry-run", "--data", data);
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.dataLines().get(0)).startsWith("the journal is damaged: file=");
        assertThat(dry.dataLines().subList(1, 3))
                .containsExactly("would keep 201 records, of sequences 1 to 202", gap());
        assertThat(dry.dataLines().get(3)).startsWith("would set aside as snapshots/");
        assertThat(dry.dataLines().get(4))
                .startsWith("would set aside as journal/")
                .endsWith(".cq4.damaged");
        assertThat(files()).noneMatch(name -> name.contains(".damaged"));
        assertThat(Run.tools("verify", "--data", data).exitCode()).isEqualTo(1);

        Path relative = Path.of("").toAbsolutePath().relativize(data);
        assertThat(Run.tools("recover", "--dry-run", "--data", relative)).isEqualTo(dry);
        Run run = Run.tools("recover", "--data", relative);
        assertThat(run.exitCode()).isZero();
        assertThat(run.talk()).isEmpty();
        assertThat(run.dataLines().subList(1, 3)).containsExactly("kept 201 records, of sequences 1 to 202", gap());
        assertThat(run.dataLines().get(3)).startsWith("set aside as snapshots/");
        assertThat(run.dataLines().get(4)).startsWith("set aside as journal/");
        assertThat(files()).anyMatch(name -> name.endsWith(".cq4.damaged"));

        Run again = Run.tools("recover", "--data", data);
        assertThat(again).isEqualTo(new Run(0, "nothing to do: every block is sound and in its place\n", ""));
    }

    @Test
    void shouldTellOfTheGapInEveryCommand() {
        assertThat(Run.tools("recover", "--json", "--data", data).data())
                .startsWith("{\"dryRun\":false,\"damage\":\"the journal is damaged: ")
                .contains("\"records\":201,\"firstSequence\":1,\"lastSequence\":202,\"gaps\":[{\"from\":149,\"to\":149,"
                        + "\"cause\":\"RECOVERED\"}],\"setAside\":[\"snapshots/");
        Run verify = Run.tools("verify", "--data", data);
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.dataLines()).hasSize(2).endsWith(gap());
        assertThat(verify.dataLines().get(0)).startsWith("ok: ").contains("199 ticks, sequences 1 to 202");
        assertThat(Run.tools("verify", "--json", "--data", data).data())
                .contains("\"gaps\":[{\"from\":149,\"to\":149,\"cause\":\"RECOVERED\"}],\"error\":null");
        assertThat(Run.tools("describe", "--json", "--data", data).data()).contains("\"gaps\":1,\"missing\":1,");
        assertThat(Run.tools("describe", "--data", data).dataLines())
                .extracting(line -> line.strip().replaceAll(" {2,}", "|"))
                .contains("gaps|1", "missing sequences|1", "last sequence|202");
        for (String format : List.of("--csv", "--json", "--none")) {
            Run replay = Run.tools("replay", format, "--data", data);
            assertThat(replay.exitCode()).isZero();
            assertThat(replay.talkLines()).hasSize(2).startsWith(gap());
            assertThat(replay.data()).doesNotContain("not in the journal");
        }
        assertThat(Run.tools("replay", "--json", "--data", data).dataLines()).hasSize(199);
        assertThat(Run.tools("replay", "--to", "148", "--data", data).talkLines())
                .hasSize(1);
        assertThat(Run.tools("replay", "--from", "149", "--limit", "1", "--data", data)
                        .dataLines()
                        .get(1))
                .startsWith("150,");
    }

    @Test
    void shouldLetTheEngineGoOn() {
        Run.tools("recover", "--data", data);
        Journals.writeManyBlocks(data, 10);
        Run verify = Run.tools("verify", "--data", data);
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.dataLines().get(0)).contains("209 ticks, sequences 1 to 213, 1 checkpoints");
    }

    @Test
    void shouldFailWhileAnEngineHoldsTheFolder() {
        Run.tools("recover", "--data", data);
        try (Engine engine = Engine.launch(
                new EngineContext().dataDirectory(data).ringCapacity(64).instruments(16))) {
            assertThat(engine.firstSequence()).isEqualTo(203);
            Run run = Run.tools("recover", "--data", data);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.talkLines()).singleElement().asString().contains("the data folder is in use");
        }
    }

    private static String gap() {
        return "sequences 149 to 149 are not in the journal: RECOVERED, lost before a recovery";
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("journal"))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
