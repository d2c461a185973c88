package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchPrettyTest {
    private static final long PRICE = 100_000_000;
    private static final long TIME_NS = 1_700_000_000_000_000_000L;
    private static final List<String> TEXT_COLUMNS = List.of("ts_event", "ts_recv", "symbol", "type", "side", "gap");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineBuffer line = new LineBuffer(out);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);

    @TempDir
    private Path data;

    @Test
    void shouldPutTicksGapsAndStatesUnderTheirTitles() throws IOException {
        WatchFormat format = new WatchPretty();
        format.define(0, "BTCUSDT");
        format.begin(line);
        new MutableTick().wrap(record, 0).trade(0, TIME_NS, TIME_NS, 2 * PRICE, 3 * PRICE, 77, (byte) 1);
        format.tick(new Tick().wrap(record, 0), line);
        format.missed(11, 15, MissedCause.LAPPED, line);
        format.state(0, PriceState.EXPIRED, 16, TIME_NS, line);
        line.flush();
        List<String> lines = out.toString(StandardCharsets.US_ASCII).lines().toList();
        assertThat(lines).hasSize(4).noneMatch(each -> each.endsWith(" "));
        assertThat(value(lines, 1, "ts_event")).isEqualTo("2023-11-14T22:13:20.000000000Z");
        assertThat(value(lines, 1, "price")).isEqualTo("2");
        assertThat(value(lines, 1, "trade_id")).isEqualTo("77");
        assertThat(value(lines, 2, "symbol")).isEmpty();
        assertThat(value(lines, 2, "type")).isEqualTo("gap");
        assertThat(value(lines, 2, "gap")).isEqualTo("lapped");
        assertThat(value(lines, 2, "first_missed")).isEqualTo("11");
        assertThat(value(lines, 2, "last_missed")).isEqualTo("15");
        assertThat(value(lines, 2, "missed")).isEqualTo("5");
        assertThat(value(lines, 3, "sequence")).isEqualTo("16");
        assertThat(value(lines, 3, "ts_event")).isEmpty();
        assertThat(value(lines, 3, "ts_recv")).isEqualTo("2023-11-14T22:13:20.000000000Z");
        assertThat(value(lines, 3, "type")).isEqualTo("expired");
    }

    @Test
    void shouldPutRowsUnderTheirTitles() {
        try (Engine engine = Engine.launch(new EngineContext().dataDirectory(data))) {
            TickPublisher publisher = engine.newPublisher("test");
            int id = publisher.define("ETHUSDT");
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, TIME_NS, TIME_NS, 4 * PRICE, 5 * PRICE, PRICE / 2, PRICE);
            publisher.claim().commit();
            List<String> lines = Run.tools("watch", "--mode", "latest", "--limit", "1", "--pretty", "--data", data)
                    .dataLines();
            assertThat(lines).hasSize(2);
            assertThat(value(lines, 1, "symbol")).isEqualTo("ETHUSDT");
            assertThat(value(lines, 1, "type")).isEqualTo("latest");
            assertThat(value(lines, 1, "ask_px")).isEqualTo("5");
            assertThat(value(lines, 1, "bid_sz")).isEqualTo("0.5");
            assertThat(value(lines, 1, "price")).isEmpty();
            assertThat(value(lines, 1, "folded")).isEqualTo("0");
        }
    }

    @Test
    void shouldKeepCsvWhereItIsAskedForToo() {
        try (Engine engine = Engine.launch(new EngineContext().dataDirectory(data))) {
            TickPublisher publisher = engine.newPublisher("test");
            int id = publisher.define("ETHUSDT");
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, TIME_NS, TIME_NS, PRICE, PRICE, PRICE, PRICE);
            publisher.claim().commit();
            assertThat(Run.tools("watch", "--mode", "latest", "--limit", "1", "--pretty", "--csv", "--data", data)
                            .dataLines())
                    .first()
                    .isEqualTo(WatchFormat.COLUMNS);
        }
    }

    /** What stands under a title: from its left edge for text, up to its right edge for numbers. */
    private static String value(List<String> lines, int number, String title) {
        Matcher titles = Pattern.compile("(^| )" + title + "( |$)").matcher(lines.get(0));
        assertThat(titles.find()).as(title).isTrue();
        int begin = lines.get(0).indexOf(title, titles.start());
        String text = lines.get(number);
        if (TEXT_COLUMNS.contains(title)) {
            return text.length() <= begin ? "" : text.substring(begin).split(" ", -1)[0];
        }
        int end = begin + title.length();
        String upTo = text.length() < end ? "" : text.substring(0, end);
        return upTo.substring(upTo.lastIndexOf(' ') + 1);
    }
}
