package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {
    private static final String LONGEST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    @ParameterizedTest
    @ValueSource(strings = {"B", "BTCUSDT", "BTCUSDT.spot", "ETHUSD_PERP", "!~\"\\/", LONGEST})
    void shouldAllowPrintableAscii(String symbol) {
        assertThat(Symbols.isValid(symbol)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "BTC USDT", "BTC\t", "BTC\u0000", "BTC\u007f", "BTCÜ", "比特币", LONGEST + "6"})
    void shouldRefuseEverythingElse(String symbol) {
        assertThat(Symbols.isValid(symbol)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"B", "BTCUSDT", LONGEST})
    void shouldReadBackWhatItWrites(String symbol) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[48]);
        Symbols.encode(symbol, buffer, 8);
        assertThat(Symbols.decode(buffer, 8)).isEqualTo(symbol);
    }

    @Test
    void shouldWriteThirtyTwoBytesAndNoMore() {
        byte[] bytes = new byte[40];
        Arrays.fill(bytes, (byte) 'x');
        Symbols.encode("BTC", new UnsafeBuffer(bytes), 4);
        byte[] expected = bytes.clone();
        Arrays.fill(expected, (byte) 'x');
        Arrays.fill(expected, 4, 36, (byte) 0);
        expected[4] = 'B';
        expected[5] = 'T';
        expected[6] = 'C';
        assertThat(bytes).isEqualTo(expected);
    }
}
