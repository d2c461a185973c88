package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.Decimals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineBuffer line = new LineBuffer(out);

    @Test
    void shouldWriteNumbersAsTheLibraryDoes() throws IOException {
        for (long value : numbers().toArray()) {
            assertThat(written(line.append(value))).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void shouldWriteDecimalsAsTheEngineDoes() throws IOException {
        for (long value : numbers().filter(value -> !Decimals.isError(value)).toArray()) {
            assertThat(written(line.decimal(value))).isEqualTo(Decimals.format(value));
        }
    }

    @Test
    void shouldWriteTimesInIsoWithAllDecimals() throws IOException {
        assertThat(written(line.isoTime(1_723_161_255_088_169_167L))).isEqualTo("2024-08-08T23:54:15.088169167Z");
        assertThat(written(line.isoTime(1_723_161_255_000_000_001L))).isEqualTo("2024-08-08T23:54:15.000000001Z");
        assertThat(written(line.isoTime(0))).isEqualTo("1970-01-01T00:00:00.000000000Z");
        assertThat(written(line.isoTime(-1))).isEqualTo("1969-12-31T23:59:59.999999999Z");
        for (long value : numbers().toArray()) {
            assertThat(written(line.isoTime(value))).isEqualTo(Notation.isoTime(value));
        }
    }

    @Test
    void shouldPadOnEitherSideAndNeverCut() throws IOException {
        line.append('|');
        int start = line.position();
        line.append(12);
        line.pad(start, 4, true);
        start = line.position();
        line.append(34);
        line.pad(start, 4, false);
        start = line.position();
        line.append(12345);
        line.pad(start, 4, true);
        assertThat(written(line)).isEqualTo("|  1234  12345");
    }

    @Test
    void shouldKeepEveryLineWhenMoreIsWrittenThanItHolds() throws IOException {
        byte[] longest = new byte[LineBuffer.MAX_LINE - 1];
        for (int i = 0; i < 1_000; i++) {
            line.append(longest).endLine();
        }
        line.flush();
        assertThat(out.size()).isEqualTo(1_000 * LineBuffer.MAX_LINE);
    }

    private String written(LineBuffer buffer) throws IOException {
        out.reset();
        buffer.flush();
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** Every power of ten and two with its neighbours, the extremes, and random numbers of every length. */
    private static LongStream numbers() {
        LongStream powers = LongStream.iterate(1, ten -> ten <= 1_000_000_000_000_000_000L, ten -> ten * 10);
        LongStream bits = LongStream.range(0, 63).map(bit -> 1L << bit);
        LongStream edges = LongStream.concat(powers, bits).flatMap(edge -> LongStream.of(edge - 1, edge, edge + 1));
        LongStream random = new SplittableRandom(7).longs(10_000).map(value -> value >> (value & 63));
        LongStream positive = LongStream.concat(edges, random);
        return LongStream.concat(
                positive.flatMap(value -> LongStream.of(value, -value)),
                LongStream.of(Long.MAX_VALUE, Long.MIN_VALUE + 3, Long.MIN_VALUE));
    }
}
