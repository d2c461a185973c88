package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One digest, whoever computes it; and a journal that a killed engine leaves whole. */
class HouseProofIT {
    private static final int KILLS = 3;

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
    void shouldGiveOneDigestLiveReplayedVerifiedAndRepublished() {
        JsonText live = RunLaws.hold(jar.engine(
                "--feed",
                "a=sim:rate=max",
                "--feed",
                "b=sim:rate=max,seed=2,symbols=7",
                "--ticks",
                "1200k",
                "--json",
                "--data",
                "first"));
        String digest = live.text("digest");
        assertThat(RunLaws.digestOf(jar.tools("replay", "--none", "--data", "first")))
                .isEqualTo(digest);
        JsonText verified = RunLaws.sound(jar.tools("verify", "--json", "--data", "first"));
        assertThat(verified.text("digest")).isEqualTo(digest);
        assertThat(verified.integer("checkpoints")).isGreaterThanOrEqualTo(2);
        JsonText second = RunLaws.hold(jar.engine("--feed", "journal:first", "--data", "second", "--json"));
        assertThat(second.text("digest")).isEqualTo(digest);
        assertThat(second.integer("lastSequence")).isEqualTo(live.integer("lastSequence"));
        String prices = jar.tools("prices", "--json", "--data", "first").data();
        assertThat(JsonText.parse(prices).elements()).hasSize(71);
        assertThat(jar.tools("prices", "--json", "--data", "second").data()).isEqualTo(prices);
    }

    @Test
    void shouldPrintTheSameTicksOfAJournalAndOfItsCopy() {
        RunLaws.hold(jar.engine(
                "--feed", "sim:rate=50k", "--ticks", "100k", "--roll", "secondly", "--json", "--data", "first"));
        RunLaws.hold(jar.engine(
                "--feed", "journal:first", "--data", "second", "--threads", "dedicated", "--ring", "8", "--json"));
        Run first = jar.tools("replay", "--data", "first");
        assertThat(first.dataLines()).hasSize(100_001);
        assertThat(jar.tools("replay", "--data", "second").data()).isEqualTo(first.data());
        List<String> part = first.dataLines().subList(70_001, 70_101);
        String from = part.get(0).substring(0, part.get(0).indexOf(','));
        assertThat(jar.tools("replay", "--data", "first", "--from", from, "--limit", "100")
                        .dataLines()
                        .subList(1, 101))
                .isEqualTo(part);
    }

    @Test
    void shouldLoseNothingWhenKilledAgainAndAgain() {
        long expected = 1;
        for (int round = 0; round < KILLS; round++) {
            Jar.Running engine =
                    jar.startEngine("--feed", "sim:rate=200k,seed=" + round, "--roll", "secondly", "--data", "d");
            engine.awaitRunning(jar.work().resolve("d"));
            Jar.sleep(700 + 311L * round);
            engine.kill();
            JsonText restarted = RunLaws.hold(jar.engine(
                    "--feed", "sim:rate=200k,seed=9", "--roll", "secondly", "--ticks", "1k", "--data", "d", "--json"));
            assertThat(restarted.integer("firstSequence")).isGreaterThan(expected);
            expected = restarted.integer("lastSequence");
            JsonText verified = RunLaws.sound(jar.tools("verify", "--json", "--data", "d"));
            assertThat(verified.integer("firstSequence")).isEqualTo(1);
            assertThat(verified.integer("lastSequence")).isEqualTo(expected);
            assertThat(verified.text("digest")).isEqualTo(restarted.text("digest"));
        }
    }
}
