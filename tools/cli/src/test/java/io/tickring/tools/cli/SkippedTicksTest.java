package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ThrowPolicy;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.tick.Tick;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools say of a journal with ten ticks each of A and B, of which the third and the sixth of A were skipped. */
class SkippedTicksTest {
    private static final int TICKS = 10;

    @TempDir
    static Path data;

    @BeforeAll
    static void writeJournal() {
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .ringCapacity(64)
                .instruments(16)
                .onThrow(ThrowPolicy.SKIP)
                .handler("bad", SkippedTicksTest::throwIfBad))) {
            TickPublisher publisher = engine.newPublisher("test");
            int[] ids = {publisher.define("A"), publisher.define("B")};
            for (int i = 1; i <= TICKS; i++) {
                for (int id : ids) {
                    long price = i;
                    Market.publish(
                            publisher,
                            tick -> tick.quote(id, price, Market.OPENING_NS + price, price, price + 1, 1, 1));
                }
            }
        }
    }

    private static void throwIfBad(DirectBuffer records, int offset, long firstSequence, int count) {
        Tick tick = new Tick().wrap(records, offset);
        if (tick.isTick() && tick.instrumentId() == 0 && (tick.bid() == 3 || tick.bid() == 6)) {
            throw new IllegalStateException("bad tick");
        }
    }

    private static String replay(String... more) {
        Object[] words = new Object[more.length + 3];
        words[0] = "replay";
        words[1] = "--data";
        words[2] = data;
        System.arraycopy(more, 0, words, 3, more.length);
        Run run = Run.tools(words);
        assertThat(run.exitCode()).isZero();
        return run.talk();
    }

    @Test
    void shouldNotPrintWhatWasSkipped() {
        Run run = Run.tools("replay", "--csv", "--data", data);
        assertThat(run.dataLines()).hasSize(1 + 2 * TICKS - 2);
        assertThat(run.data()).doesNotContain("A,quote,none,0.00000003").contains("B,quote,none,0.00000003");
    }

    @Test
    void shouldCountWhatWasSkippedInTheSummaryOfAReplay() {
        assertThat(replay("--none"))
                .startsWith("replayed 18 quotes, 0 trades and 5 other records (2 skipped ticks), seq");
        assertThat(replay("--none", "--symbol", "A"))
                .contains("replayed 8 quotes")
                .contains("(2 skipped ticks)");
        assertThat(replay("--none", "--symbol", "B"))
                .contains("replayed 10 quotes")
                .doesNotContain("skipped");
        assertThat(replay("--none", "--from", "16")).doesNotContain("skipped");
    }

    @Test
    void shouldFindTheSameDigestByReplayAndVerify() {
        String digest = JsonText.parse(
                        Run.tools("verify", "--json", "--data", data).data())
                .text("digest");
        assertThat(replay("--none")).contains("digest " + digest);
    }

    @Test
    void shouldDescribeWhatWasSkipped() {
        JsonText found =
                JsonText.parse(Run.tools("describe", "--json", "--data", data).data());
        assertThat(found.integer("ticks")).isEqualTo(2 * TICKS - 2);
        assertThat(found.integer("skipped")).isEqualTo(2);
        assertThat(Run.tools("describe", "--data", data).data()).containsPattern("  skipped ticks +2\\n");
    }

    @Test
    void shouldShowThemInTheStatus() throws IOException {
        assertThat(StatusReader.map(data).counters()).containsEntry("ticks skipped", 2L);
        assertThat(Run.tools("stat", "--once", "--data", data).data()).containsPattern("ticks skipped +2\\n");
    }
}
