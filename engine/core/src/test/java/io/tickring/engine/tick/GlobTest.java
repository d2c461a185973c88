package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, BTCUSDT, true",
        "BTC*, BTCUSDT, true",
        "*USDT, BTCUSDT, true",
        "*, BTCUSDT, true",
        "B*U*T, BTCUSDT, true",
        "*.spot, BTCUSDT.spot, true",
        "*.spot, BTCUSDTxspot, false",
        "BTC????, BTCUSDT, true",
        "BTC???, BTCUSDT, false",
        "BTC?????, BTCUSDT, false",
        "?*, B, true",
        "btc*, BTCUSDT, false",
        "[B]TC, [B]TC, true",
        "[B]TC, BTC, false",
        "a\\*, a\\xyz, true",
        "**a**b, xaxbxb, true",
        "*ab*ab, xababab, true",
        "*aab, aaab, true",
        "*aab, aaabb, false",
    })
    void shouldMatchWholeSymbols(String pattern, String symbol, boolean matches) {
        assertThat(new Glob(pattern).test(symbol)).isEqualTo(matches);
    }

    @Test
    void shouldMatchTheEmptyPatternAgainstNothingElse() {
        assertThat(new Glob("").test("A")).isFalse();
        assertThat(new Glob("").test("")).isTrue();
        assertThat(new Glob("*").test("")).isTrue();
    }

    @Test
    void shouldAgreeWithARegularExpressionOnRandomPatterns() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 50_000; i++) {
            String pattern = word(random, "ab*?");
            String symbol = word(random, "ab*");
            String regex = pattern.replace("*", "\u0000").replace("?", ".").replace("\u0000", ".*");
            assertThat(new Glob(pattern).test(symbol))
                    .as("%s on %s", pattern, symbol)
                    .isEqualTo(Pattern.matches(regex, symbol));
        }
    }

    @Test
    void shouldTakeAnyOfSeveral() {
        assertThat(Glob.anyOf(List.of(new Glob("A*"), new Glob("*B"))))
                .accepts("A1", "1B")
                .rejects("1");
        assertThat(Glob.anyOf(List.of())).isNull();
        assertThat(Glob.anyOf(null)).isNull();
    }

    private static String word(SplittableRandom random, String letters) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(9); length > 0; length--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
