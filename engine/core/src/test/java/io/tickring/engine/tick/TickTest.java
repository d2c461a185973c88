package io.tickring.engine.tick;

import static io.tickring.engine.tick.TickDescriptor.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TickTest {
    private static final int OFFSET = 64;
    private static final byte DIRT = (byte) 0xA5;

    private final byte[] bytes = new byte[3 * LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MutableTick writer = new MutableTick();
    private final Tick tick = new Tick();

    TickTest() {
        Arrays.fill(bytes, DIRT);
        writer.wrap(buffer, OFFSET);
        tick.wrap(buffer, OFFSET);
    }

    @Test
    void shouldReadBackAQuote() {
        writer.quote(7, 1_000, NO_TIME, -5, 6, 0, Long.MAX_VALUE);
        assertThat(new long[] {
                    tick.type(), tick.side(), tick.flags(), tick.instrumentId(), tick.exchangeTimeNs(),
                    tick.receiveTimeNs(), tick.bid(), tick.ask(), tick.bidSize(), tick.askSize()
                })
                .containsExactly(QUOTE, SIDE_NONE, 0, 7, 1_000, NO_TIME, -5, 6, 0, Long.MAX_VALUE);
        assertThat(tick.isTick()).isTrue();
    }

    @Test
    void shouldFlagACrossedAndALockedQuote() {
        assertThat(flagsOf(10, 9, 1, 1)).isEqualTo(CROSSED);
        assertThat(List.of(tick.isCrossed(), tick.isLocked())).containsExactly(true, false);
        assertThat(flagsOf(10, 10, 1, 1)).isEqualTo(LOCKED);
        assertThat(List.of(tick.isCrossed(), tick.isLocked())).containsExactly(false, true);
        assertThat(flagsOf(Long.MAX_VALUE, Long.MIN_VALUE, 1, 1)).isEqualTo(CROSSED);
        assertThat(tick.side()).isEqualTo(SIDE_NONE);
        assertThat(tick.type()).isEqualTo(QUOTE);
    }

    @Test
    void shouldFlagNoQuoteWithAnEmptySide() {
        assertThat(flagsOf(10, 11, 1, 1)).isZero();
        assertThat(flagsOf(10, 9, 0, 1)).isZero();
        assertThat(flagsOf(10, 9, 1, 0)).isZero();
        assertThat(flagsOf(0, 0, 0, 0)).isZero();
    }

    private byte flagsOf(long bid, long ask, long bidSize, long askSize) {
        writer.quote(7, 1_000, NO_TIME, bid, ask, bidSize, askSize);
        return tick.flags();
    }

    @Test
    void shouldReadBackATrade() {
        writer.trade(Integer.MAX_VALUE, NO_TIME, 2_000, 11, 12, NO_TRADE_ID, SIDE_SELL);
        assertThat(new long[] {
                    tick.type(), tick.side(), tick.flags(), tick.instrumentId(), tick.exchangeTimeNs(),
                    tick.receiveTimeNs(), tick.price(), tick.size(), tick.tradeId(), buffer.getLong(OFFSET + 56)
                })
                .containsExactly(TRADE, SIDE_SELL, 0, Integer.MAX_VALUE, NO_TIME, 2_000, 11, 12, NO_TRADE_ID, 0);
        assertThat(tick.isTick()).isTrue();
    }

    @Test
    void shouldReadBackADefinition() {
        writer.definition(3, "BTCUSDT.spot");
        assertThat(tick.symbol()).isEqualTo("BTCUSDT.spot");
        assertThat(new long[] {tick.type(), tick.instrumentId(), tick.exchangeTimeNs(), tick.receiveTimeNs()})
                .containsExactly(DEFINITION, 3, NO_TIME, NO_TIME);
        assertThat(tick.isTick()).isFalse();
    }

    @Test
    void shouldReadBackAPriceThatHasGrownOld() {
        writer.stale(7, 1L << 40, PriceState.EXPIRED, 60_000_000_000L, 1_000);
        assertThat(new long[] {
                    tick.type(),
                    tick.instrumentId(),
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.flags(),
                    tick.judgedSequence(),
                    tick.judgedAgeNs(),
                    tick.judgedTimeNs(),
                    buffer.getLong(OFFSET + 56)
                })
                .containsExactly(STALE, 7, NO_TIME, NO_TIME, 0, 1L << 40, 60_000_000_000L, 1_000, 1_000);
        assertThat(tick.judgedState()).isEqualTo(PriceState.EXPIRED);
        assertThat(tick.isTick()).isFalse();
        buffer.putLong(OFFSET + JUDGED_STATE_OFFSET, 3);
        assertThat(tick.judgedState()).isNull();
    }

    @Test
    void shouldReadBackACheckpoint() {
        writer.checkpoint(1L << 20, 0xFEDC_BA98_7654_3210L);
        assertThat(new long[] {
                    tick.type(),
                    tick.instrumentId(),
                    tick.checkpointSequence(),
                    tick.checkpointDigest(),
                    tick.receiveTimeNs()
                })
                .containsExactly(CHECKPOINT, NO_INSTRUMENT, 1L << 20, 0xFEDC_BA98_7654_3210L, NO_TIME);
        assertThat(tick.isTick()).isFalse();
    }

    @Test
    void shouldLeaveNothingOfAnOlderRecordInPadding() {
        writer.quote(7, 1, 2, 3, 4, 5, 6).padding();
        assertThat(Arrays.copyOfRange(bytes, OFFSET + BODY_OFFSET, OFFSET + LENGTH))
                .containsOnly(0);
        assertThat(new long[] {tick.type(), tick.side(), tick.instrumentId()})
                .containsExactly(PADDING, SIDE_NONE, NO_INSTRUMENT);
    }

    @Test
    void shouldKeepTheBytesOfASkippedTickAndWhatItWas() {
        for (byte type : new byte[] {QUOTE, TRADE}) {
            if (type == QUOTE) {
                writer.quote(7, 1, 2, 3, 4, 5, 6);
            } else {
                writer.trade(7, 1, 2, 3, 4, 5, SIDE_SELL);
            }
            byte[] expected = bytes.clone();
            expected[OFFSET + TYPE_OFFSET] = SKIP;
            expected[OFFSET + FLAGS_OFFSET] = type;
            writer.skip();
            assertThat(bytes).isEqualTo(expected);
            assertThat(new long[] {tick.type(), tick.skippedType()}).containsExactly(SKIP, type);
            assertThat(tick.isTick()).isFalse();
        }
    }

    @Test
    void shouldWriteItsOwnSixtyFourBytesButForTheSequence() {
        writer.trade(1, 2, 3, 4, 5, 6, SIDE_BUY);
        assertThat(Arrays.copyOfRange(bytes, 0, OFFSET + EXCHANGE_TIME_OFFSET)).containsOnly(DIRT);
        assertThat(Arrays.copyOfRange(bytes, OFFSET + LENGTH, bytes.length)).containsOnly(DIRT);
    }

    @Test
    void shouldLieInMemoryAsTheDescriptorDraws() {
        writer.trade(0x0102_0304, 5, 6, 7, 8, 9, SIDE_SELL);
        buffer.putLong(OFFSET + SEQUENCE_OFFSET, 4, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(OFFSET + SOURCE_OFFSET, (byte) 200);
        ByteBuffer drawn = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        drawn.putLong(4).putLong(5).putLong(6).putInt(0x0102_0304).put(TRADE).put(SIDE_SELL);
        drawn.put((byte) 0).put((byte) 200).putLong(7).putLong(8).putLong(9).putLong(0);
        assertThat(Arrays.copyOfRange(bytes, OFFSET, OFFSET + LENGTH)).isEqualTo(drawn.array());
        assertThat(tick.source()).isEqualTo(200);
        assertThat(tick.sequence()).isEqualTo(4);
    }
}
