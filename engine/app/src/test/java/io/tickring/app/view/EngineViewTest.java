package io.tickring.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.StopReason;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.TickDescriptor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineViewTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Engine engine = Engine.launch(new EngineContext().instruments(16));
    private final TickPublisher publisher = engine.newPublisher("test");
    private final EngineView view = new EngineView(engine.status(), engine.prices());
    private long published;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldShowTheBusiestFirstWithTheirRates() {
        int quiet = publisher.define("QUIET");
        int busy = publisher.define("BUSY");
        publisher.define("SILENT");
        quote(quiet, "100.5", "100.75");
        trade(busy, "7", TickDescriptor.SIDE_SELL);
        List<String> first = lines(0, 40);
        assertThat(first.get(0)).matches("tickring, pid \\d+, running for 0:00:\\d\\d, 3 instruments - held");
        assertThat(withoutAge(first.subList(2, 5)))
                .containsExactly(
                        "symbol     bid     ask  spread  last  side  quotes  trades  ticks/s  state",
                        "QUIET   100.50  100.75    0.25     -  -          1       0        -  LIVE",
                        "BUSY         -       -       -     7  sell       0       1        -  LIVE");
        assertThat(first).endsWith("", "keys").noneMatch(line -> line.contains("SILENT"));

        for (int i = 0; i < 10; i++) {
            quote(busy, "7.1", "7.25");
        }
        List<String> second = lines(2 * SECOND_NS, 40);
        assertThat(withoutAge(second.subList(3, 5)))
                .containsExactly(
                        "BUSY      7.10    7.25    0.15  7.00  sell      10       1        5  LIVE",
                        "QUIET   100.50  100.75    0.25     -  -          1       0        0  LIVE");
    }

    @Test
    void shouldShowTheEnginesFigures() {
        int id = publisher.define("A");
        quote(id, "1", "2");
        lines(0, 40);
        trade(id, "1", TickDescriptor.SIDE_NONE);
        trade(id, "1", TickDescriptor.SIDE_NONE);
        List<String> lines = lines(SECOND_NS, 40);
        int figures = lines.indexOf("ticks/s  quotes/s  trades/s  ticks  ring %  journal MB/s  rejected  dropped");
        assertThat(figures).isPositive();
        assertThat(lines.get(figures + 1).strip().split(" +"))
                .containsExactly("2", "0", "2", "3", "0.0", "0.0", "0", "0");
        assertThat(lines.get(figures + 3)).startsWith("stage, µs");
        assertThat(lines.get(figures + 4)).startsWith("price");
    }

    @Test
    void shouldKeepToTheHeight() {
        for (int i = 0; i < 16; i++) {
            quote(publisher.define("S" + i), "1", "2");
        }
        assertThat(lines(0, 16)).hasSize(16);
        assertThat(lines(0, 100))
                .hasSizeLessThan(100)
                .filteredOn(line -> line.startsWith("S"))
                .hasSize(16);
    }

    @Test
    void shouldLetTheActivityOfThePastFade() {
        int past = publisher.define("PAST");
        int now = publisher.define("NOW");
        for (int i = 0; i < 8; i++) {
            quote(past, "1", "2");
        }
        lines(0, 40);
        for (int look = 1; look < 5; look++) {
            quote(now, "1", "2");
            quote(now, "1", "2");
            lines(look * SECOND_NS, 40);
        }
        assertThat(lines(5 * SECOND_NS, 40).get(3)).startsWith("NOW");
    }

    private List<String> lines(long nowNs, int height) {
        while (engine.counters().published() < published || engine.ringDepth() > 0) {
            assertThat(engine.stopReason()).isNotEqualTo(StopReason.FAILED);
            Thread.onSpinWait();
        }
        return view.lines(nowNs, System.currentTimeMillis(), height, "held", "keys");
    }

    /** The last column is another each time. */
    private static List<String> withoutAge(List<String> lines) {
        assertThat(lines).allMatch(line -> line.matches(".*  +(age|[0-9.]+m?s)"));
        return lines.stream().map(line -> line.replaceAll(" +[^ ]+$", "")).toList();
    }

    private void quote(int id, String bid, String ask) {
        assertThat(publisher.awaitClaim(1)).isPositive();
        publisher.claim().tick(0).quote(id, 1, 1, decimal(bid), decimal(ask), Decimals.ONE, Decimals.ONE);
        publisher.claim().commit();
        published++;
    }

    private void trade(int id, String price, byte side) {
        assertThat(publisher.awaitClaim(1)).isPositive();
        publisher.claim().tick(0).trade(id, 1, 1, decimal(price), Decimals.ONE, published, side);
        publisher.claim().commit();
        published++;
    }

    private static long decimal(String text) {
        return Decimals.parse(text.toCharArray(), 0, text.length());
    }
}
