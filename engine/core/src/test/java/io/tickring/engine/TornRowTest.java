package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.FolderSubscription;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionMode;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers outside the engine's process when it was killed in the middle of a row. */
@Timeout(60)
class TornRowTest {
    @TempDir
    private Path folder;

    private final List<String> rows = new ArrayList<>();
    private long snapshotSequence = -1;

    private final TickListener notes = new TickListener() {
        @Override
        public void onRow(PriceRow row, long folded) {
            rows.add(row.symbol() + row.bid() + "+" + folded);
        }

        @Override
        public void onSnapshot(PriceTableReader table, long sequence) {
            snapshotSequence = sequence;
        }
    };

    @BeforeEach
    void leaveATable() {
        try (Engine engine = launch()) {
            Quotes.publish(engine, "A", 10);
            Quotes.publish(engine, "B", 20);
        }
    }

    @Test
    void shouldGiveTheOtherRowsAndGoOnWithTheNextStart() throws IOException {
        tear(0);
        try (Subscription latest = subscribe(SubscriptionMode.LATEST)) {
            assertThat(latest.poll(100)).isEqualTo(1);
            assertThat(latest.poll(100)).isZero();
            assertThat(latest.lagRecords())
                    .as("the torn row is still to be looked at")
                    .isPositive();
            assertThat(rows).containsExactly("B20+0");
            try (Engine engine = launch()) {
                Quotes.publish(engine, "A", 3);
                Await.until("the other table", () -> {
                    assertThat(latest.poll(100)).isNotEqualTo(Subscription.ENDED);
                    return rows.stream().anyMatch(row -> row.startsWith("A3"));
                });
            }
        }
        assertThat(rows).containsExactlyInAnyOrder("B20+0", "A3+0", "B20+0");
    }

    @Test
    void shouldBeginWithTheSnapshotOfTheNextStart() throws IOException {
        try (Subscription lossless = subscribe(SubscriptionMode.LOSSLESS)) {
            tear(1);
            try (Engine engine = launch()) {
                Await.until("the snapshot", () -> {
                    assertThat(lossless.poll(100)).isNotEqualTo(Subscription.ENDED);
                    return snapshotSequence >= 0;
                });
                assertThat(snapshotSequence).isEqualTo(engine.prices().appliedSequence());
            }
        }
    }

    @Test
    void shouldSayThatThereCanBeNoSnapshot() throws IOException {
        tear(1);
        Subscription lossless = subscribe(SubscriptionMode.LOSSLESS);
        Await.until("its end", () -> lossless.poll(100) == Subscription.ENDED);
        assertThat(lossless.endReason()).isEqualTo(EndReason.SOURCE_FAILED);
        assertThat(lossless.failure())
                .hasMessageContaining("symbol=B cannot be read")
                .hasMessageContaining("start the engine again");
    }

    /** Makes the row one that is being written. */
    private void tear(int id) throws IOException {
        long version = PriceTableDescriptor.HEADER_LENGTH
                + ((long) id << PriceTableDescriptor.ROW_LENGTH_SHIFT)
                + PriceTableDescriptor.VERSION;
        try (RandomAccessFile table = new RandomAccessFile(
                folder.resolve(PriceTableDescriptor.FILE_NAME).toFile(), "rw")) {
            table.seek(version);
            int lowest = table.read();
            table.seek(version);
            table.write(lowest | 1);
        }
    }

    private Subscription subscribe(SubscriptionMode mode) throws IOException {
        return FolderSubscription.open(folder, folder, new SubscriptionContext().mode(mode), notes);
    }

    private Engine launch() {
        return Engine.launch(new EngineContext().dataDirectory(folder).instruments(16));
    }
}
