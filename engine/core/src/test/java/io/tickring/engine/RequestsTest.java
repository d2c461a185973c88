package io.tickring.engine;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.request.Defined;
import io.tickring.engine.request.EngineClosed;
import io.tickring.engine.request.Flushed;
import io.tickring.engine.request.RequestFailed;
import io.tickring.engine.request.RequestRejected;
import io.tickring.engine.request.Requests;
import io.tickring.engine.request.Statistics;
import io.tickring.engine.request.TableSnapshot;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One question, one answer: on the requests thread, within a limit, and with no request left behind. */
class RequestsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void shouldNameTheSequenceAtWhichEachAnswerHolds() {
        try (Engine engine = Engine.launch(context())) {
            Defined defined = engine.requests().define("A").join();
            assertThat(defined).isEqualTo(new Defined("A", 0, 1));
            TickPublisher publisher = engine.newPublisher("p");
            long last = publisher.publish(quotes(0, 5), 0, 5) + 4;
            TableSnapshot snapshot = engine.requests().snapshot().join();
            assertThat(snapshot.sequence()).isEqualTo(last);
            assertThat(snapshot.table().appliedSequence()).isEqualTo(last);
            assertThat(snapshot.table().symbol(0)).isEqualTo("A");
            assertThat(engine.requests().flush().join()).isEqualTo(new Flushed(last));
            assertThat(engine.counters().journaledSequence.get()).isEqualTo(last);
            Statistics statistics = engine.requests().statistics().join();
            assertThat(statistics.sequence()).isEqualTo(last);
            assertThat(statistics.quotes()).isEqualTo(5);
            assertThat(statistics.instruments()).isEqualTo(1);
            assertThat(statistics.acceptedSequence()).isEqualTo(last);
            assertThat(statistics.journaledSequence()).isEqualTo(last);
            assertThat(engine.requests().define("A").join()).isEqualTo(new Defined("A", 0, last));
        }
    }

    @Test
    void shouldSumTheQualityOfPrices() {
        try (Engine engine = Engine.launch(context().timeToLive(TimeToLive.of(Duration.ofMillis(20))))) {
            TickPublisher publisher = engine.newPublisher("p");
            int id = publisher.define("A");
            publisher.define("B");
            assertThat(publisher.awaitClaim(6)).isPositive();
            publisher.claim().tick(0).quote(id, NO_TIME, 1, 2, 1, 1, 1);
            publisher.claim().tick(1).quote(id, NO_TIME, 2, 3, 2, 1, 1);
            publisher.claim().tick(2).quote(id, NO_TIME, 3, 2, 2, 1, 1);
            for (int i = 3; i < 6; i++) {
                publisher.claim().tick(i).trade(id, NO_TIME, i, 1, 1, 10L * i, TickDescriptor.SIDE_BUY);
            }
            publisher.claim().commit();
            Await.until("a stale price", () -> engine.prices().staleInstruments() == 1);
            Statistics sums = engine.requests().statistics().join();
            assertThat(List.of(sums.crossed(), sums.locked(), sums.idGaps())).containsExactly(2L, 1L, 2L);
            assertThat(sums.stale()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerAnEngineThatHasSeenNothingAndOneThatGoesOn() {
        try (Engine engine = Engine.launch(context())) {
            assertThat(engine.requests().snapshot().join().sequence()).isZero();
            assertThat(engine.requests().flush().join().sequence()).isZero();
            engine.requests().define("A").join();
        }
        try (Engine engine = Engine.launch(context())) {
            long before = engine.firstSequence() - 1;
            assertThat(engine.requests().define("A").join()).isEqualTo(new Defined("A", 0, before));
            assertThat(engine.requests().snapshot().join().sequence()).isEqualTo(before);
            assertThat(engine.requests().define("B").join()).isEqualTo(new Defined("B", 1, before + 1));
        }
    }

    @Test
    void shouldAnswerTenThousandOfEightThreadsEachOnce() throws InterruptedException {
        int threads = 8;
        int each = 1_250;
        AtomicInteger answered = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engine.launch(context())) {
            List<Thread> asking = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                asking.add(start(() -> {
                    List<CompletableFuture<?>> open = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        open.add(ask(engine, number, i).whenComplete((answer, failure) -> {
                            answered.incrementAndGet();
                            String on = Thread.currentThread().getName();
                            if (failure != null || !on.equals("requests") && !on.equals("test")) {
                                wrong.add(on + " " + failure);
                            }
                        }));
                        if (open.size() == 100) {
                            open.forEach(CompletableFuture::join);
                            open.clear();
                        }
                    }
                    open.forEach(CompletableFuture::join);
                }));
            }
            for (Thread thread : asking) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(answered).hasValue(threads * each);
            assertThat(engine.requests().inFlight()).isZero();
            assertThat(engine.prices().instruments()).isEqualTo(50);
        }
    }

    private static CompletableFuture<?> ask(Engine engine, int thread, int number) {
        return switch (number % 4) {
            case 0 -> engine.requests().snapshot(LONG);
            case 1 -> engine.requests().flush(LONG);
            case 2 -> engine.requests().define("S" + (number * 31 + thread) % 50, LONG);
            default -> engine.requests().statistics(LONG);
        };
    }

    @Test
    void shouldAnswerOnTheRequestsThread() throws InterruptedException {
        try (Engine engine = Engine.launch(stuck())) {
            stick(engine);
            Queue<String> names = new ConcurrentLinkedQueue<>();
            Requests requests = engine.requests();
            List<CompletableFuture<?>> waiting =
                    List.of(requests.flush(), requests.define("A"), requests.snapshot(), requests.statistics());
            waiting.forEach(
                    each -> each.thenRun(() -> names.add(Thread.currentThread().getName())));
            held.countDown();
            Await.until("answered", () -> names.size() == waiting.size());
            assertThat(names).containsOnly("requests");
        }
    }

    @Test
    void shouldRejectOneMoreThanMayWaitAtOnce() throws Exception {
        try (Engine engine = Engine.launch(stuck())) {
            stick(engine);
            List<CompletableFuture<Flushed>> waiting = new ArrayList<>();
            for (int i = 0; i < Requests.MOST_IN_FLIGHT; i++) {
                waiting.add(engine.requests().flush(LONG));
            }
            assertThat(engine.requests().inFlight()).isEqualTo(1_024);
            CompletableFuture<Flushed> rejected = engine.requests().flush(LONG);
            assertThat(rejected).isCompletedExceptionally();
            assertThatThrownBy(rejected::get)
                    .hasCauseInstanceOf(RequestRejected.class)
                    .hasMessageContaining("request=flush inFlight=1024")
                    .hasMessageContaining("wait for one of them, or cancel it");
            assertThat(waiting.get(7).cancel(false)).isTrue();
            CompletableFuture<Flushed> instead = engine.requests().flush(LONG);
            held.countDown();
            assertThat(instead.get().sequence()).isPositive();
            assertThatThrownBy(waiting.get(7)::get).isInstanceOf(CancellationException.class);
            waiting.remove(7);
            waiting.forEach(CompletableFuture::join);
            assertThat(engine.requests().inFlight()).isZero();
        }
    }

    @Test
    void shouldNameRequestAndLimitWhenTheTimeIsOver() throws InterruptedException {
        try (Engine engine = Engine.launch(stuck())) {
            stick(engine);
            Duration timeout = Duration.ofMillis(30);
            for (CompletableFuture<?> late : List.of(
                    engine.requests().flush(timeout),
                    engine.requests().snapshot(timeout),
                    engine.requests().statistics(timeout),
                    engine.requests().define("LATE", timeout))) {
                assertThatThrownBy(late::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(TimeoutException.class)
                        .message()
                        .containsPattern("request=(flush|snapshot|statistics|define) timeout=0.03s: .*equence=[0-9]+");
            }
            assertThat(engine.requests().inFlight()).isZero();
            held.countDown();
        }
    }

    @Test
    void shouldEndHundredsWithinASecondWhenItCloses() throws InterruptedException {
        Engine engine = Engine.launch(stuck());
        stick(engine);
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(engine.requests().flush(LONG));
            waiting.add(engine.requests().snapshot(LONG));
            waiting.add(engine.requests().define("S" + i, LONG));
        }
        close(engine, waiting);
        waiting.forEach(RequestsTest::assertClosed);
    }

    /** The first continuation keeps the requests thread, and some more keep those that stand in for it. */
    @Test
    void shouldEndAllWhenContinuationsBlock() throws InterruptedException {
        Engine engine = Engine.launch(stuck());
        stick(engine);
        CountDownLatch blocked = new CountDownLatch(1);
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CompletableFuture<?> answer = engine.requests().flush(i == 0 ? Duration.ofMillis(300) : LONG);
            waiting.add(answer);
            if (i < 100) {
                answer.whenComplete((value, failure) -> awaitQuietly(blocked));
            }
        }
        Await.until("the first is over", () -> waiting.get(0).isDone());
        close(engine, waiting.subList(1, waiting.size()));
        waiting.subList(1, waiting.size()).forEach(RequestsTest::assertClosed);
        blocked.countDown();
    }

    @Test
    void shouldCloseFromAContinuation() {
        Engine engine = Engine.launch(context());
        CompletableFuture<Void> closing = engine.requests().flush().thenRun(engine::close);
        closing.join();
        assertClosed(engine.requests().snapshot());
    }

    /** Closing the engine waits for the stuck stage; the requests do not. */
    private void close(Engine engine, List<CompletableFuture<?>> waiting) throws InterruptedException {
        long startNs = System.nanoTime();
        Thread closing = start(engine::close);
        Await.until("all end", () -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertClosed(engine.requests().flush());
        held.countDown();
        closing.join();
    }

    @Test
    void shouldGiveOneIdToASymbolThatManyThreadsDefine() throws InterruptedException {
        Set<Defined> answers = ConcurrentHashMap.newKeySet();
        try (Engine engine = Engine.launch(context())) {
            List<Thread> asking = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                TickPublisher publisher = engine.newPublisher("p" + t);
                int number = t;
                asking.add(start(() -> {
                    for (int i = 0; i < 100; i++) {
                        int id = number % 2 == 0 ? publisher.define("S" + i) : -1;
                        Defined defined = engine.requests().define("S" + i).join();
                        assertThat(engine.prices().symbol(defined.id())).isEqualTo("S" + i);
                        answers.add(new Defined(defined.symbol(), defined.id(), 0));
                        assertThat(id).isIn(-1, defined.id());
                    }
                }));
            }
            for (Thread thread : asking) {
                thread.join();
            }
            assertThat(answers).hasSize(100);
            assertThat(answers.stream().map(Defined::id).distinct()).hasSize(100);
            assertThat(engine.counters().definitions.get()).isEqualTo(100);
        }
    }

    @Test
    void shouldSayWhatCannotBeDone() {
        try (Engine engine = Engine.launch(new EngineContext().ringCapacity(64).instruments(1))) {
            assertFails(engine.requests().flush(), RequestFailed.Reason.NO_JOURNAL, "journaling=off");
            assertFails(engine.requests().define("no such"), RequestFailed.Reason.SYMBOL_INVALID, "symbol=\"no such\"");
            assertThat(engine.requests().define("A").join().id()).isZero();
            assertFails(
                    engine.requests().define("B"),
                    RequestFailed.Reason.INSTRUMENT_TABLE_FULL,
                    "symbol=B instruments=1: the table is full");
            assertThatThrownBy(() -> engine.requests().flush(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("timeout=PT0S must be above zero and at most 1 day");
            assertThatThrownBy(() -> engine.requests().define(null)).isInstanceOf(IllegalArgumentException.class);
            assertThat(engine.requests().define("A").join().id()).isZero();
        }
    }

    private static void assertFails(CompletableFuture<?> future, RequestFailed.Reason reason, String text) {
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason))
                .hasMessageContaining(text);
    }

    private static void assertClosed(CompletableFuture<?> future) {
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(EngineClosed.class);
    }

    private EngineContext context() {
        return new EngineContext().dataDirectory(folder).ringCapacity(1024).instruments(1_000);
    }

    /** A stage that waits until {@link #held} is counted down, as soon as anything comes; the others wait with it. */
    private EngineContext stuck() {
        return context()
                .threading(ThreadingMode.SHARED)
                .onThrow(ThrowPolicy.SKIP)
                .handler("stuck", (r, o, first, n) -> awaitQuietly(held));
    }

    private void stick(Engine engine) {
        assertThat(engine.newPublisher("p").publish(quotes(0, 1), 0, 1)).isPositive();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(Runnable body) {
        Thread thread = new Thread(body, "test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static UnsafeBuffer quotes(int id, int count) {
        UnsafeBuffer batch = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        for (int i = 0; i < count; i++) {
            new MutableTick().wrap(batch, i * TickDescriptor.LENGTH).quote(id, NO_TIME, i, 1, 2, 3, 4);
        }
        return batch;
    }
}
