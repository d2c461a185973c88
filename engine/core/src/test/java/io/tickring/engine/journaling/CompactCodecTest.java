package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactCodecTest {
    private static final int MAX_COUNT = 1_024;
    private static final long TIME = 1_723_161_256_172_210_766L;
    private static final long TENTH = 10_000_000L;
    private static final String WRITTEN = "60c2b10401759c94b8c910ccd32f1cd112020ac6b0240175010ead251cd11202"
            + "0a02c6b0240175020ead251cd112020a04c40020000ead2506d78c0402000001"
            + "010ead25d841d46822030a06c40020020ead2506c40020000ead2506c4002001"
            + "0ead250c";
    private static final String WRITTEN_OTHERWISE = "80c2b10401759c94b8c910ccd32f1cd112020ac6b0240175010ead251cd11202"
            + "0a02c6b0240175020ead251cd112020a04c40020000ead2506d78e0402000001"
            + "010ead25e60a546297c2f5000a06c40020020ead2506c40020000ead2506c400"
            + "20010ead250c";

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[MAX_COUNT * LENGTH]);
    private final byte[] payload = new byte[MAX_COUNT * LENGTH + BlockCodec.SLACK_BYTES];
    private final byte[] decodedBytes = new byte[MAX_COUNT * LENGTH];
    private final UnsafeBuffer decoded = new UnsafeBuffer(decodedBytes);
    private final MutableTick tick = new MutableTick();
    private final CompactCodec writer = new CompactCodec();

    private MutableTick record(int index, long firstSequence) {
        tick.wrap(records, index * LENGTH);
        records.setMemory(index * LENGTH, LENGTH, (byte) 0);
        records.putLong(index * LENGTH, firstSequence + index, LITTLE_ENDIAN);
        return tick;
    }

    private int encode(int count) {
        Arrays.fill(payload, (byte) 0x55);
        return writer.encode(records, 0, records.getLong(0, LITTLE_ENDIAN), count, payload);
    }

    private void assertReadsBack(int length, long firstSequence, int count) {
        decoded.setMemory(0, decoded.capacity(), (byte) 0x55);
        new CompactCodec().decode(payload, 0, length, firstSequence, count, decodedBytes);
        for (int i = 0; i < count * LENGTH; i += Long.BYTES) {
            assertThat(decoded.getLong(i))
                    .as("record %d, byte %d", i / LENGTH, i % LENGTH)
                    .isEqualTo(records.getLong(i));
        }
    }

    private void market(int count, long firstSequence) {
        for (int i = 0; i < count; i++) {
            int id = i % 3;
            long bid = 61_659 * 100_000_000L + i / 10 * TENTH;
            if (i % 5 == 4) {
                record(i, firstSequence)
                        .trade(
                                id,
                                TIME / 1_000_000 * 1_000_000,
                                TIME + i * 1_234_567L,
                                bid,
                                (i + 1) * 100_000L,
                                i,
                                (byte) 1);
            } else {
                record(i, firstSequence)
                        .quote(
                                id,
                                TickDescriptor.NO_TIME,
                                TIME + i * 1_234_567L,
                                bid,
                                bid + TENTH,
                                500_000L,
                                i * 100_000L);
            }
        }
    }

    @Test
    void shouldShortenAMarketToAFewBytesATick() {
        market(MAX_COUNT, 1);
        int length = encode(MAX_COUNT);
        assertReadsBack(length, 1, MAX_COUNT);
        assertThat(length).isBetween(1, 12 * MAX_COUNT);
    }

    /** The format is kept for good: these bytes must read as these records for ever, whatever increments are found. */
    @Test
    void shouldReadTheFormatAsItStands() {
        market(8, 1_000_001);
        assertThat(HexFormat.of().formatHex(payload, 0, encode(8))).isEqualTo(WRITTEN);
        for (String known : List.of(WRITTEN, WRITTEN_OTHERWISE)) {
            byte[] bytes = HexFormat.of().parseHex(known);
            System.arraycopy(bytes, 0, payload, 0, bytes.length);
            assertReadsBack(bytes.length, 1_000_001, 8);
        }
    }

    /** Those of a crossed quote, and the usual ones again for the instrument's next. */
    @Test
    void shouldSayFlagsWhereTheyChangeAlone() {
        market(512, 1);
        int usual = new CompactCodec().encode(records, 0, 1, 512, payload);
        records.putByte(201 * LENGTH + TickDescriptor.FLAGS_OFFSET, TickDescriptor.CROSSED);
        int flagged = new CompactCodec().encode(records, 0, 1, 512, payload);
        assertReadsBack(flagged, 1, 512);
        assertThat(flagged - usual).isEqualTo(2 * (1 + CompactBlockDescriptor.META_LENGTH));
    }

    @Test
    void shouldReadEachBlockAlone() {
        market(512, 7);
        encode(512);
        market(600, 519);
        assertReadsBack(encode(600), 519, 600);
    }

    @Test
    void shouldKeepAFewRecordsAsTheyAre() {
        market(3, 1);
        assertThat(encode(3)).isZero();
    }

    @Test
    void shouldKeepRecordsWhoseSequencesAreNotTheBlocks() {
        market(16, 1);
        assertThat(writer.encode(records, 0, 2, 16, payload)).isZero();
        records.putLong(8 * LENGTH, 77, LITTLE_ENDIAN);
        assertThat(encode(16)).isZero();
    }

    @Test
    void shouldShortenTheLongestRecords() {
        for (int i = 0; i < 64; i++) {
            int id = CompactBlockDescriptor.MAX_INSTRUMENTS - 1 - i;
            record(i, 1).quote(id, hash(i, 1), hash(i, 2), hash(i, 3), hash(i, 4), hash(i, 5), hash(i, 6));
            records.putByte(i * LENGTH + TickDescriptor.FLAGS_OFFSET, (byte) i);
        }
        int length = encode(64);
        assertThat(length).isLessThanOrEqualTo(1 + 64 * CompactBlockDescriptor.MAX_RECORD_LENGTH);
        assertReadsBack(length, 1, 64);
    }

    @Test
    void shouldKeepPricesThatGrowOld() {
        market(32, 1);
        record(16, 1).stale(2, 15, PriceState.EXPIRED, 60_000_000_000L, 1_000);
        assertReadsBack(encode(32), 1, 32);
    }

    @Test
    void shouldKeepRecordsOfUnknownTypes() {
        new Random(1).nextBytes(records.byteArray());
        for (int i = 0; i < 64; i++) {
            records.putLong(i * LENGTH, 1 + i, LITTLE_ENDIAN);
            records.putByte(i * LENGTH + TickDescriptor.TYPE_OFFSET, (byte) 77);
        }
        assertReadsBack(encode(64), 1, 64);
    }

    private static long hash(int index, int field) {
        return new Random(index * 31L + field).nextLong() | Long.MIN_VALUE >>> 1;
    }

    /** Steps and lots with factors of two that are no factors of ten. */
    @ParameterizedTest
    @CsvSource({"10000000,100000", "20000000,100000", "4000000,100000", "100000000,6400000000", "50000000,40000000000"})
    void shouldWriteAnyIncrementsShort(long step, long lot) {
        Random random = new Random(1);
        for (int i = 0; i < MAX_COUNT; i++) {
            long bid = (10_000 + random.nextInt(100)) * step;
            record(i, 1)
                    .quote(
                            i % 3,
                            TIME,
                            TIME,
                            bid,
                            bid + step,
                            random.nextInt(1_000) * lot,
                            random.nextInt(1_000) * lot);
        }
        int length = encode(MAX_COUNT);
        assertThat(length).isLessThan(12 * MAX_COUNT);
        assertReadsBack(length, 1, MAX_COUNT);
    }

    @Test
    void shouldForgetAnOddTickInTime() {
        market(64, 1);
        int before = encode(64);
        record(0, 1).quote(0, 1, 1, 1, 2, 3, 5);
        assertThat(encode(64)).isGreaterThan(before + 64);
        market(64, 1);
        int after = encode(64);
        assertThat(after).isGreaterThan(before + 64);
        for (int i = 0; i < 1_100; i++) {
            after = encode(64);
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void shouldLearnFinerIncrementsWithinABlock() {
        for (int i = 0; i < 64; i++) {
            record(i, 1).quote(1, TIME, TIME, (1_000L + i) * (i < 32 ? 100_000_000L : 1_001), 5, i < 40 ? 100 : 1, 0);
        }
        assertReadsBack(encode(64), 1, 64);
        assertReadsBack(encode(64), 1, 64);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldReadBackAnyRecords(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int count = 4 + random.nextInt(MAX_COUNT / 4);
            long firstSequence = 1 + random.nextInt(1_000_000);
            for (int i = 0; i < count; i++) {
                anyRecord(random, record(i, firstSequence), i);
            }
            int length = encode(count);
            assertThat(length).isBetween(1, count * LENGTH - 1);
            assertReadsBack(length, firstSequence, count);
        }
    }

    private void anyRecord(Random random, MutableTick target, int index) {
        int id = random.nextInt(random.nextInt(20) == 0 ? 70_000 : 8);
        long exchangeTime = random.nextInt(4) == 0 ? TickDescriptor.NO_TIME : any(random, TIME);
        switch (random.nextInt(12)) {
            case 0 -> target.padding();
            case 1 -> target.definition(id, "ABC" + id);
            case 2, 3, 4 ->
                target.trade(
                        id, exchangeTime, any(random, TIME), any(random, 100), any(random, 5), any(random, 7), (byte)
                                random.nextInt(4));
            default ->
                target.quote(
                        id,
                        exchangeTime,
                        any(random, TIME),
                        any(random, 100),
                        any(random, 100),
                        any(random, 10),
                        any(random, 10));
        }
        int record = index * LENGTH;
        if (random.nextInt(8) == 0) {
            target.skip();
        }
        if (random.nextInt(10) == 0) {
            records.putByte(record + TickDescriptor.FLAGS_OFFSET, (byte) random.nextInt());
        }
        if (random.nextInt(3) == 0) {
            records.putByte(record + TickDescriptor.SOURCE_OFFSET, (byte) random.nextInt(3));
        }
        if (random.nextInt(100) == 0) {
            records.putLong(record + TickDescriptor.TRADE_SPARE_OFFSET, random.nextLong());
            records.putInt(record + TickDescriptor.INSTRUMENT_ID_OFFSET, random.nextInt());
        }
    }

    private static long any(Random random, long near) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            case 3 -> 0;
            case 4 -> near + random.nextInt(1_000);
            default -> near * 100_000_000L + random.nextInt(100) * TENTH;
        };
    }

    @Test
    void shouldRefuseAPayloadThatIsCutOrTooLong() {
        market(64, 1);
        int length = encode(64);
        for (int cut = 0; cut < length; cut++) {
            int shorter = cut;
            assertThatThrownBy(() -> new CompactCodec().decode(payload, 0, shorter, 1, 64, decodedBytes))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> new CompactCodec().decode(payload, 0, length + 1, 1, 64, decodedBytes))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CompactCodec().decode(payload, 0, length, 1, 63, decodedBytes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldStandHostilePayloads() {
        Random random = new Random(42);
        CompactCodec reader = new CompactCodec();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            market(64, 1);
            int length = encode(64);
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes; i++) {
                payload[random.nextInt(length)] = (byte) random.nextInt();
            }
            try {
                reader.decode(payload, 0, length, 1, 64, decodedBytes);
            } catch (RuntimeException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 20_000);
        market(64, 1);
        int length = encode(64);
        decoded.setMemory(0, decoded.capacity(), (byte) 0x55);
        reader.decode(payload, 0, length, 1, 64, decodedBytes);
        assertThat(decoded.getLong(63 * LENGTH, LITTLE_ENDIAN)).isEqualTo(64);
    }
}
