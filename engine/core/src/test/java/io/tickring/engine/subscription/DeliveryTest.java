package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final long SEQUENCE = 7;

    private final List<String> missed = new ArrayList<>();
    private final TickListener listener = new TickListener() {
        @Override
        public void onMissed(long first, long last, MissedCause cause) {
            missed.add(first + " to " + last + " " + cause);
        }
    };
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer();

    DeliveryTest() {
        new MutableTick().wrap(record, 0).quote(3, TickDescriptor.NO_TIME, 1, 1, 2, 1, 1);
        record.putLong(TickDescriptor.SEQUENCE_OFFSET, SEQUENCE, ByteOrder.LITTLE_ENDIAN);
    }

    /** Its definition was missed, and the table, whose writer is stuck, does not come to it. */
    @Test
    void shouldTellOfATickThatItCannotName() {
        Delivery delivery = delivery(SEQUENCE - 1);
        assertThat(delivery.record(record, 0)).isZero();
        assertThat(missed).containsExactly("7 to 7 LAPPED");
        assertThat(delivery.missed()).isEqualTo(1);
    }

    @Test
    void shouldPassOverATickOfAnInstrumentThatThereIsNot() {
        Delivery delivery = delivery(SEQUENCE);
        assertThat(delivery.record(record, 0)).isZero();
        assertThat(missed).isEmpty();
    }

    private Delivery delivery(long appliedSequence) {
        UnsafeBuffer table = new UnsafeBuffer(new byte[1 << 12]);
        table.putLong(PriceTableDescriptor.APPLIED_SEQUENCE_OFFSET, appliedSequence);
        return new Delivery(new SubscriptionContext(), listener, new SymbolLookup(PriceTableReader.over(table)));
    }
}
