package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    private static final BigDecimal ONE = BigDecimal.valueOf(Decimals.ONE);
    private static final int CASES = 100_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "1, 100000000",
        "61659.80, 6165980000000",
        "0.00000001, 1",
        "-0.00000001, -1",
        "007, 700000000",
        "1.50000000, 150000000",
        "1.500000000000000000000000000000, 150000000",
        "92233720368.54775805, 9223372036854775805",
        "-92233720368.54775805, -9223372036854775805",
        "92233720368.547758050, 9223372036854775805",
    })
    void shouldReadPlainNumbersExactly(String text, long value) {
        assertThat(parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                ".5",
                "5.",
                "+5",
                "--5",
                "1e5",
                "1E5",
                "1,5",
                " 1",
                "1 ",
                "1..5",
                "1.5.",
                "NaN",
                "Infinity",
                "0x1",
                "1.0f",
                "١",
                "1.-5",
                "92233720368547758079x",
                "1.000000001x"
            })
    void shouldRefuseWhatIsNoPlainNumber(String text) {
        assertThat(parse(text)).isEqualTo(Decimals.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000000001", "1.123456789", "-1.123456781", "1.00000000000000000001"})
    void shouldRefuseToRound(String text) {
        assertThat(parse(text)).isEqualTo(Decimals.TOO_PRECISE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "92233720368.54775806",
                "92233720368.54775807",
                "-92233720368.54775808",
                "92233720369",
                "-92233720369",
                "18446744073709551617",
                "100000000000000000000000000000000000000000",
                "92233720369.000000001"
            })
    void shouldTellWhatSixtyFourBitsDoNotHold(String text) {
        assertThat(parse(text)).isEqualTo(Decimals.OUT_OF_RANGE);
    }

    @Test
    void shouldReadOnlyTheGivenPartOfTheText() {
        assertThat(Decimals.parse("xx12.5yy".toCharArray(), 2, 4)).isEqualTo(1_250_000_000L);
    }

    @Test
    void shouldAgreeWithBigDecimal() {
        SplittableRandom random = new SplittableRandom(20240808);
        for (int i = 0; i < CASES; i++) {
            String text = randomNumber(random);
            assertThat(parse(text)).as(text).isEqualTo(expected(new BigDecimal(text)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.00000001",
        "-1, -0.00000001",
        "6165980000000, 61659.8",
        "100000000, 1",
        "-150000000, -1.5",
        "9223372036854775805, 92233720368.54775805",
        "-9223372036854775805, -92233720368.54775805",
    })
    void shouldWriteWithoutExponentOrTrailingZeros(long value, String text) {
        assertThat(Decimals.format(value)).isEqualTo(text);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < CASES; i++) {
            long value = random.nextLong(-Decimals.MAX_VALUE, Decimals.MAX_VALUE + 1) >> random.nextInt(64);
            assertThat(parse(Decimals.format(value))).isEqualTo(value);
        }
    }

    @Test
    void shouldKeepItsCodesApartFromValues() {
        assertThat(List.of(Decimals.NOT_A_NUMBER, Decimals.TOO_PRECISE, Decimals.OUT_OF_RANGE))
                .allMatch(Decimals::isError)
                .doesNotHaveDuplicates();
        assertThat(List.of(-Decimals.MAX_VALUE, -1L, 0L, 1L, Decimals.MAX_VALUE))
                .noneMatch(Decimals::isError);
    }

    private static long parse(String text) {
        return Decimals.parse(text.toCharArray(), 0, text.length());
    }

    /** About a third is out of range, about a third has too many decimals. */
    private static String randomNumber(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        int integerDigits = 1 + random.nextInt(13);
        for (int i = 0; i < integerDigits; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        int decimals = random.nextInt(12);
        for (int i = 0; i < decimals; i++) {
            text.append(i == 0 ? "." : "").append((char) ('0' + (i > 6 ? random.nextInt(2) : random.nextInt(10))));
        }
        return text.toString();
    }

    private static long expected(BigDecimal number) {
        BigDecimal units = number.multiply(ONE);
        if (units.abs().toBigInteger().bitLength() > 63
                || units.abs().toBigInteger().longValue() > Decimals.MAX_VALUE) {
            return Decimals.OUT_OF_RANGE;
        }
        return units.stripTrailingZeros().scale() > 0 ? Decimals.TOO_PRECISE : units.longValueExact();
    }
}
