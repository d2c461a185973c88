package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** A subscriber at work, in this process or another, from when it was started until it has all ticks of a run. */
interface Subscriber extends AutoCloseable {
    /**
     * What a subscriber has to say at the end.
     *
     * @param latenciesNs from when a tick was due until it was there
     */
    record Received(long missed, Histogram latenciesNs) {
        String format() {
            ByteBuffer bytes = ByteBuffer.allocate(latenciesNs.getNeededByteBufferCapacity());
            int length = latenciesNs.encodeIntoCompressedByteBuffer(bytes);
            return missed + " " + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
        }

        static Received parse(String line) {
            int space = line.indexOf(' ');
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(space + 1)));
            try {
                return new Received(
                        Long.parseLong(line.substring(0, space)), Histogram.decodeFromCompressedByteBuffer(bytes, 0));
            } catch (DataFormatException e) {
                throw new BenchException("subscriber: its result cannot be read: " + e);
            }
        }
    }

    /** Returns when all ticks are there, or were missed. */
    Received await() throws IOException;

    @Override
    void close();
}
