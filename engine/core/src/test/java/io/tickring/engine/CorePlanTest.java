package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.WaitMode;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorePlanTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, SHARED, SLEEP",
        "2, 1, SHARED, YIELD",
        "4, 1, SHARED, YIELD",
        "5, 1, DEDICATED, BUSY_SPIN",
        "8, 1, DEDICATED, BUSY_SPIN",
        "8, 4, DEDICATED, BUSY_SPIN",
        "8, 5, SHARED, YIELD",
    })
    void shouldChooseByTheCores(int cores, int feeds, ThreadingMode threading, WaitMode wait) {
        CorePlan plan = CorePlan.of(cores(cores), cores, 3, feeds, ThreadingMode.AUTO, null);
        assertThat(plan.threading()).isEqualTo(threading);
        assertThat(plan.waitMode()).isEqualTo(wait);
    }

    @Test
    void shouldNeverChooseToBusySpinMoreThreadsThanThereAreCores() {
        for (int cores = 1; cores < 20; cores++) {
            for (int feeds = 0; feeds < 10; feeds++) {
                for (ThreadingMode asked : ThreadingMode.values()) {
                    CorePlan plan = CorePlan.of(cores(cores), cores, 3, feeds, asked, null);
                    int busy = feeds + (plan.threading() == ThreadingMode.SHARED ? 1 : 3);
                    assertThat(plan.waitMode() != WaitMode.BUSY_SPIN || busy < cores)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldObeyWhatWasAskedAndSayWhyNothingIsPinned() {
        CorePlan plan = CorePlan.of(cores(2), 2, 3, 1, ThreadingMode.DEDICATED, WaitMode.BLOCK);
        assertThat(plan.describe())
                .isEqualTo("cores 2, threads dedicated, wait block, "
                        + "not pinned (3 handler threads and the feeds on 2 cores)");
        assertThat(plan.pin(0)).isNull();
        assertThat(CorePlan.of(cores(8), 8, 3, 1, ThreadingMode.AUTO, null).describe())
                .endsWith("handlers pinned");
    }

    @Test
    void shouldReadTheKernelsLists() {
        assertThat(CorePlan.parseList("0-3,8").stream()).containsExactly(0, 1, 2, 3, 8);
        assertThat(CorePlan.parseList("5").stream()).containsExactly(5);
    }

    private static BitSet cores(int count) {
        BitSet cores = new BitSet();
        cores.set(0, count);
        return cores;
    }
}
