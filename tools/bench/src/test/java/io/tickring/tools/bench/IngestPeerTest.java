package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that does not do its work has no figure, at once and in so many words. */
class IngestPeerTest {
    private static final long TICKS = 1_000;

    private final AtomicBoolean closed = new AtomicBoolean();

    @TempDir
    private Path folder;

    /** An actor with another door, or that has failed. */
    private final class Wrapped implements Pipeline {
        private final Pipeline actor;
        private final UnaryOperator<Inlet> door;
        private final Throwable failure;

        Wrapped(Pipeline actor, UnaryOperator<Inlet> door, Throwable failure) {
            this.actor = actor;
            this.door = door;
            this.failure = failure;
        }

        @Override
        public Inlet inlet(int producer) {
            return door.apply(actor.inlet(producer));
        }

        @Override
        public void awaitThrough(long ticks) {
            actor.awaitThrough(ticks);
        }

        @Override
        public Throwable failure() {
            return failure;
        }

        @Override
        public TableRows rows() {
            return actor.rows();
        }

        @Override
        public int busyThreads() {
            return actor.busyThreads();
        }

        @Override
        public void close() throws IOException {
            closed.set(true);
            actor.close();
        }
    }

    @Test
    void shouldTellWhatARunTook() throws IOException {
        PeerRun run = peer(UnaryOperator.identity(), null).run(folder);
        assertThat(run.ticks()).isEqualTo(TICKS);
        assertThat(run.busyThreads()).isEqualTo(2);
        assertThat(run.lap().elapsedNs()).isPositive();
        assertThat(run.cutShort()).isFalse();
        assertThat(closed).isTrue();
    }

    @Test
    void shouldRefuseATickInThePlaceOfAnother() {
        assertRefused(
                peer(inlet -> (first, count) -> inlet.publish(first == 64 ? 0 : first, count), null),
                "its table is not what the ticks make");
    }

    @Test
    void shouldRefuseATickTwice() {
        UnaryOperator<Inlet> twice = inlet -> (first, count) -> {
            inlet.publish(first, count);
            if (first == 0) {
                inlet.publish(first, 1);
            }
        };
        assertRefused(peer(twice, null), "ticks=1001 expected=1000");
    }

    @Test
    void shouldTellWhatFailedInAProducer() {
        UnaryOperator<Inlet> failing = inlet -> (first, count) -> {
            throw new IllegalStateException("no more");
        };
        assertRefused(peer(failing, null), "failed in a producer: java.lang.IllegalStateException: no more");
    }

    @Test
    void shouldNotWaitForAPeerThatHasFailed() {
        UnaryOperator<Inlet> full = inlet -> (first, count) -> {
            while (!closed.get()) {
                LockSupport.parkNanos(1_000_000);
            }
        };
        assertRefused(peer(full, new IOException("no room")), "failed: java.io.IOException: no room");
    }

    private IngestPeer peer(UnaryOperator<Inlet> door, Throwable failure) {
        PipelineKind kind = new PipelineKind(
                "actor", null, 0, (data, workload) -> new Wrapped(ActorPipeline.lockFree(workload), door, failure));
        return new IngestPeer(kind, Workload.burst(1, TICKS, 256));
    }

    private void assertRefused(IngestPeer peer, String why) {
        assertThatThrownBy(() -> peer.run(folder))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("=actor")
                .hasMessageContaining(why);
        assertThat(closed).isTrue();
    }
}
