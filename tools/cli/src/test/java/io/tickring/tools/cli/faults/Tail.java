package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.StopReason;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.tools.cli.JsonText;
import io.tickring.tools.cli.Run;
import io.tickring.tools.cli.RunLaws;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Reads a journal through an engine in memory, as a replay does, and holds each record to its sequence. */
final class Tail {
    private long next;
    private String fault;

    private Tail(long first) {
        this.next = first;
    }

    /** Replays from {@code first} on; answers the last sequence. Fails on a record that is missing, doubled or out of order. */
    static long replay(Path data, long first) throws Exception {
        JournalRange range = new JournalRange(JournalRange.Position.sequence(first), null, null, Long.MAX_VALUE);
        try (JournalFeed feed = JournalFeed.open(data, range)) {
            if (feed.lastSequence() < first) {
                return feed.lastSequence();
            }
            assertThat(feed.firstSequence()).isEqualTo(first);
            Tail tail = new Tail(first);
            EngineContext context = new EngineContext()
                    .journaling(false)
                    .instruments(1_024)
                    .republish(feed)
                    .handler("tail", tail::onBatch);
            try (Engine engine = Engine.launch(context)) {
                engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
                StopReason end = engine.awaitEnd(60, TimeUnit.SECONDS);
                assertThat(end).as(engine.status().errors().toString()).isEqualTo(StopReason.FEEDS_ENDED);
            }
            assertThat(tail.fault).isNull();
            assertThat(tail.next).as("all up to the end were replayed").isGreaterThan(feed.lastSequence());
            return feed.lastSequence();
        }
    }

    /** The engine that replays ends its own stream with a checkpoint, which is none of the journal's. */
    private void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int i = 0; i < count; i++) {
            long found = records.getLong(
                    offset + i * TickDescriptor.LENGTH + TickDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (found != next && fault == null) {
                fault = "sequence " + found + " where " + next + " was expected";
            }
            next++;
        }
    }

    /** What {@code verify} says of the whole of a sound journal, which holds {@code acknowledged}. */
    static JsonText verify(Path data, long acknowledged) {
        JsonText found = RunLaws.sound(Run.tools("verify", "--json", "--data", data));
        assertThat(found.integer("lastSequence"))
                .as("the last sequence that verify found, and what was acknowledged")
                .isGreaterThanOrEqualTo(acknowledged);
        return found;
    }
}
