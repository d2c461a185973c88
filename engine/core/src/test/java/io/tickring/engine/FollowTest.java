package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed that goes on at the end of a journal: it gives what is appended, whoever appends it, and nothing else. */
class FollowTest {
    private static final int TICKS = 5_000;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveExactlyWhatIsJournaledOverStartsAndFiles() throws IOException {
        Path leaders = folder.resolve("leader");
        publish(leaders, 0);
        try (Engine follower = follow(leaders, JournalRange.WHOLE)) {
            RunSummary leader = null;
            for (int start = 1; start <= 3; start++) {
                leader = publish(leaders, start);
                long last = leader.lastSequence();
                Await.until("sequence " + last, () -> follower.prices().appliedSequence() == last);
            }
            assertThat(follower.stopReason()).isNull();
            RunSummary followed = summaryOfClosed(follower);
            assertThat(followed.digest()).isEqualTo(leader.digest());
            assertThat(followed.published()).isEqualTo(4L * TICKS);
            assertThat(follower.status().errors()).isEmpty();
        }
    }

    @Test
    void shouldEndAtTheEndOfItsRangeWithoutARecordBehindIt() throws IOException, InterruptedException {
        RunSummary leader = publish(folder, 0);
        JournalRange upToLast =
                new JournalRange(null, JournalRange.Position.sequence(leader.lastSequence()), null, Long.MAX_VALUE);
        for (JournalRange range : List.of(upToLast, new JournalRange(null, null, null, TICKS))) {
            try (Engine follower = follow(folder, range)) {
                assertThat(follower.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FEEDS_ENDED);
                assertThat(summaryOfClosed(follower).digest()).isEqualTo(leader.digest());
            }
        }
    }

    @Test
    void shouldFailWhenAnotherJournalTakesThePlaceOfTheFollowedOne() throws Exception {
        publish(folder.resolve("first"), 0);
        publish(folder.resolve("second"), 1);
        publish(folder.resolve("second"), 2);
        Path followed = Files.createSymbolicLink(folder.resolve("followed"), folder.resolve("first"));
        Path other = Files.createSymbolicLink(folder.resolve("other"), folder.resolve("second"));
        try (Engine follower = follow(followed, JournalRange.WHOLE)) {
            Files.move(other, followed, StandardCopyOption.ATOMIC_MOVE);
            assertThat(follower.awaitEnd(30, TimeUnit.SECONDS)).isEqualTo(StopReason.FAILED);
            assertThat(follower.status().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.message())
                            .contains("the journal is no longer the one that was followed", "directory=" + followed));
        }
    }

    private static Engine follow(Path journal, JournalRange range) throws IOException {
        JournalFeed feed = JournalFeed.open(journal, range);
        feed.follow();
        Engine engine = Engine.launch(
                new EngineContext().journaling(false).instruments(256).republish(feed));
        engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
        return engine;
    }

    private static RunSummary publish(Path data, int seed) {
        EngineContext context =
                new EngineContext().dataDirectory(data).instruments(256).roll(RollInterval.SECONDLY);
        try (Engine engine = Engine.launch(context)) {
            TickPublisher publisher = engine.newPublisher("p");
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < TICKS; i++) {
                int id = publisher.define("S" + random.nextInt(10 * (seed + 1)));
                assertThat(publisher.awaitClaim(1)).isPositive();
                publisher.claim().tick(0).quote(id, TickDescriptor.NO_TIME, i, random.nextLong(), 2, 3, 4);
                publisher.claim().commit();
            }
            return summaryOfClosed(engine);
        }
    }

    private static RunSummary summaryOfClosed(Engine engine) {
        engine.close();
        return engine.summary();
    }
}
