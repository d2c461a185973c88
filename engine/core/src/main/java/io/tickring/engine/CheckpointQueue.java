package io.tickring.engine;

import java.util.function.LongBinaryOperator;
import org.agrona.BufferUtil;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Hands digests from the price stage, which may not claim, to the supervisor, which publishes them. When the supervisor is too
 * far behind a checkpoint is left out and counted: it only costs a place to compare at.
 */
final class CheckpointQueue {
    private static final int CAPACITY = 64 * 1024;
    private static final int MESSAGE_TYPE = 1;
    private static final int MESSAGE_LENGTH = 2 * Long.BYTES;

    private final OneToOneRingBuffer queue = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
    private final AtomicCounter skipped;

    CheckpointQueue(AtomicCounter skipped) {
        this.skipped = skipped;
    }

    /** Called by the price stage. */
    void offer(long sequence, long digest) {
        message.putLong(0, sequence);
        message.putLong(Long.BYTES, digest);
        if (!queue.write(MESSAGE_TYPE, message, 0, MESSAGE_LENGTH)) {
            skipped.incrementRelease();
        }
    }

    /** Gives each (sequence, digest) to {@code publication} until it answers a negative code, after which that one stays. */
    void drainTo(LongBinaryOperator publication) {
        queue.controlledRead((type, buffer, index, length) ->
                publication.applyAsLong(buffer.getLong(index), buffer.getLong(index + Long.BYTES)) < 0
                        ? ControlledMessageHandler.Action.ABORT
                        : ControlledMessageHandler.Action.CONTINUE);
    }
}
