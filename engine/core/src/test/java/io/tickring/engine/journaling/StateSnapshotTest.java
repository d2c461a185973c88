package io.tickring.engine.journaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.TableDigest;
import io.tickring.engine.snapshot.Snapshot;
import io.tickring.engine.snapshot.Snapshot.Section;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StateSnapshotTest {
    private final UnsafeBuffer rows = new UnsafeBuffer(new byte[PriceTableDescriptor.ROW_LENGTH]);

    private Snapshot snapshot(int layout, long digest) {
        return new Snapshot(
                1,
                2,
                digest,
                3,
                List.of(
                        new Section(StateSnapshot.ROWS, layout, rows, rows.capacity()),
                        new Section(StateSnapshot.DEFINITIONS, 1, new UnsafeBuffer(new byte[0]), 0)));
    }

    /** The journal has what rows of the older layout did not count. */
    @Test
    void shouldPassOverRowsOfAnOlderLayoutAndThoseOfAnotherDigest() {
        long digest = TableDigest.ofRows(rows, 0, 1);
        assertThat(StateSnapshot.fault(snapshot(PriceTableDescriptor.LAYOUT_VERSION, digest), null, 2))
                .isNull();
        assertThat(StateSnapshot.fault(snapshot(PriceTableDescriptor.LAYOUT_VERSION - 1, digest), null, 2))
                .isEqualTo("another version of this program wrote it");
        assertThat(StateSnapshot.fault(snapshot(PriceTableDescriptor.LAYOUT_VERSION, digest + 1), null, 2))
                .isEqualTo("its digest");
    }
}
