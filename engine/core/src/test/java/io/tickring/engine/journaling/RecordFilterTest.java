package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.RecordFilter.Verdict;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecordFilterTest {
    private static final int ASKED = 0;
    private static final int OTHER = 1;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[LENGTH]);
    private final MutableTick tick = new MutableTick().wrap(record, 0);
    private final RecordFilter filter = new RecordFilter(new JournalRange(null, null, "A"::equals, 2));

    private Verdict judged() {
        return filter.judge(new Tick().wrap(record, 0));
    }

    @Test
    void shouldBlankWhatSpeaksOfASymbolThatIsNotAskedFor() {
        tick.definition(ASKED, "A");
        assertThat(judged()).isEqualTo(Verdict.TAKEN);
        tick.definition(OTHER, "B");
        assertThat(judged()).isEqualTo(Verdict.TAKEN);
        tick.quote(OTHER, NO_TIME, 1, 2, 3, 4, 5);
        assertThat(judged()).isEqualTo(Verdict.BLANKED);
        tick.skip();
        assertThat(judged()).isEqualTo(Verdict.BLANKED);
        tick.stale(OTHER, 3, PriceState.STALE, 9, 1_000);
        assertThat(judged()).isEqualTo(Verdict.BLANKED);
    }

    @Test
    void shouldCountNoPriceThatGrowsOldAsATick() {
        tick.definition(ASKED, "A");
        assertThat(judged()).isEqualTo(Verdict.TAKEN);
        tick.quote(ASKED, NO_TIME, 1, 2, 3, 4, 5);
        assertThat(judged()).isEqualTo(Verdict.TAKEN);
        for (PriceState state : new PriceState[] {PriceState.STALE, PriceState.EXPIRED}) {
            tick.stale(ASKED, 2, state, 9, 1_000);
            assertThat(judged()).isEqualTo(Verdict.TAKEN);
        }
        tick.quote(ASKED, NO_TIME, 1, 2, 3, 4, 5);
        assertThat(judged()).isEqualTo(Verdict.TAKEN);
        tick.stale(ASKED, 5, PriceState.STALE, 9, 1_000);
        assertThat(judged()).as("two ticks were asked for").isEqualTo(Verdict.BEHIND);
    }
}
