package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpscArrayQueue;

/** An actor: producers put an object a tick into its mailbox of 65,536, one thread takes them out in batches and keeps its state in a HashMap. */
final class ActorPipeline implements Pipeline {
    private static final int MAILBOX = 65_536;
    private static final int MOST_AT_ONCE = 256;

    private final Workload workload;
    private final ActorState state;
    private final Consumer<TickMessage> mailbox;
    private final PollThread actor;

    private ActorPipeline(
            Workload workload, ActorState state, Consumer<TickMessage> mailbox, IntSupplier work, IdleStrategy idle) {
        this.workload = workload;
        this.state = state;
        this.mailbox = mailbox;
        this.actor = new PollThread("actor", work, idle);
    }

    /** Over the JDK's queue, which lets either side sleep. */
    static Pipeline blocking(Workload workload) {
        ActorState state = new ActorState();
        ArrayBlockingQueue<TickMessage> queue = new ArrayBlockingQueue<>(MAILBOX);
        List<TickMessage> batch = new ArrayList<>(MOST_AT_ONCE);
        return new ActorPipeline(
                workload,
                state,
                message -> put(queue, message),
                () -> take(queue, batch, state),
                NoOpIdleStrategy.INSTANCE);
    }

    /** Over JCTools' queue of many producers and one consumer, where who finds nothing to do waits as the machine allows. */
    static Pipeline lockFree(Workload workload) {
        ActorState state = new ActorState();
        MpscArrayQueue<TickMessage> queue = new MpscArrayQueue<>(MAILBOX);
        MessagePassingQueue.Consumer<TickMessage> apply = state::apply;
        int busyThreads = workload.producers() + 1;
        return new ActorPipeline(
                workload,
                state,
                message -> offer(queue, message, busyThreads),
                () -> drain(queue, apply, state),
                Waiting.strategy(busyThreads));
    }

    private static void put(ArrayBlockingQueue<TickMessage> queue, TickMessage message) {
        try {
            queue.put(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("mailbox: a producer was interrupted");
        }
    }

    private static int take(ArrayBlockingQueue<TickMessage> queue, List<TickMessage> batch, ActorState state) {
        if (queue.drainTo(batch, MOST_AT_ONCE) == 0) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException closed) {
                return 0;
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            state.apply(batch.get(i));
        }
        int taken = batch.size();
        batch.clear();
        state.show();
        return taken;
    }

    private static void offer(MpscArrayQueue<TickMessage> queue, TickMessage message, int busyThreads) {
        while (!queue.offer(message)) {
            if (Waiting.maySpin(busyThreads)) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private static int drain(
            MpscArrayQueue<TickMessage> queue, MessagePassingQueue.Consumer<TickMessage> apply, ActorState state) {
        int taken = queue.drain(apply, MOST_AT_ONCE);
        if (taken > 0) {
            state.show();
        }
        return taken;
    }

    @Override
    public Inlet inlet(int producer) {
        TickSet set = workload.sets().get(producer);
        Tick tick = new Tick();
        return (first, count) -> {
            for (long number = first; number < first + count; number++) {
                mailbox.accept(TickMessage.of(tick.wrap(set.records(), set.sequence(number))));
            }
        };
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until("actor", ticks, state::shown, this::failure);
    }

    @Override
    public Throwable failure() {
        return actor.failure();
    }

    @Override
    public TableRows rows() {
        return state;
    }

    @Override
    public int busyThreads() {
        return 1;
    }

    @Override
    public void close() {
        actor.close();
    }
}
