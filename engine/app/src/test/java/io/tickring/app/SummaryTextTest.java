package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    private static final List<String> ERRORS = List.of(
            "MALFORMED_LINE feed=spot file=a.gz line=17",
            "core=1 cannot be had: EPERM; the thread runs unpinned",
            "MALFORMED_LINE feed=um file=b.gz line=3",
            "TOO_PRECISE feed=spot file=a.gz line=99");

    @Test
    void shouldShowARunAtALook() {
        SummaryText text = new SummaryText(
                Summaries.full(),
                "all feeds have ended",
                ERRORS,
                "data/journal",
                true,
                List.of("tools prices", "tools report"));

        assertThat(String.join("\n", text.lines())).isEqualTo("""
                tickring: all feeds have ended after 2.50 s: 125,000 ticks, 50.0k a second

                  feed                 lines        quotes        trades     ignored    rejected     dropped
                  spot                41,252        28,040         9,757       3,452           3           0
                  um                  93,955        66,089        21,313       6,552           1         199
                  all                135,207        94,129        31,070      10,004           4         199
                  rejected     3 MALFORMED_LINE, the first: feed=spot file=a.gz line=17
                  rejected     1 TOO_PRECISE, the first: feed=spot file=a.gz line=99

                  applied      125,000 ticks; besides 2 definitions, 3 padding, 1 control, 4 skipped
                  journaled    125,000 ticks, 8.25 MB in data/journal
                  sequences    1,001 to 126,010
                  digest       00abcdef01234567
                  figures      digest 0001020304050607
                  noted        core=1 cannot be had: EPERM; the thread runs unpinned

                  latency, µs          ticks           p50           p90         p99       p99.9         max
                  price                1,000         500.2         900.1       990.2       999.4     1,000.4
                  journal              2,000         500.2         900.1       990.2       999.4     1,000.4
                               queueing under saturation: a feed ran as fast as it could

                  next         tools prices
                               tools report""");
        assertThat(text.lines()).hasSizeLessThanOrEqualTo(25).allMatch(line -> line.length() <= 110);
    }

    @Test
    void shouldSayPlainlyThatNothingCame() {
        SummaryText text = new SummaryText(Summaries.empty(), "stopped", List.of(), null, false, List.of());

        assertThat(String.join("\n", text.lines())).isEqualTo("""
                tickring: stopped after 0.01 s: 0 ticks, 0 a second

                  feed                 lines        quotes        trades     ignored    rejected     dropped
                  binance                  0             0             0           0           0           0

                  applied      0 ticks; besides 0 definitions, 0 padding, 0 control
                  journaled    nothing, as asked
                  sequences    none
                  digest       ffffffffffffffff

                  latency, µs          ticks           p50           p90         p99       p99.9         max
                  price                    0           0.0           0.0         0.0         0.0         0.0""");
    }
}
