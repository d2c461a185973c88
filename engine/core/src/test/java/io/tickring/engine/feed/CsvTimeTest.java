package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.Decimals;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTimeTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO, 1723161600123456789,                 1723161600123456789",
        "AUTO, -5,                                  -5",
        "NS,   1723161600123456789,                 1723161600123456789",
        "NS,   17.000,                              17",
        "US,   1723161600123456.789,                1723161600123456789",
        "US,   1723161600123456,                    1723161600123456000",
        "MS,   1723161600123.456789,                1723161600123456789",
        "MS,   0.000001,                            1",
        "S,    1723161600.123456789,                1723161600123456789",
        "S,    1723161600.123456,                   1723161600123456000",
        "S,    1723161600,                          1723161600000000000",
        "S,    -0.5,                                -500000000",
        "AUTO, 2024-08-09T00:00:00.123456789Z,      1723161600123456789",
        "AUTO, 2024-08-09 00:00:00,                 1723161600000000000",
        "ISO,  2024-08-09t00:00:00.1z,              1723161600100000000",
        "ISO,  2024-08-09T00:00:00.1000000000,      1723161600100000000",
        "ISO,  2024-08-09T02:00:00.5+02:00,         1723161600500000000",
        "ISO,  2024-08-08T18:30:00-0530,            1723161600000000000",
        "ISO,  2024-08-09T03:00:00+03,              1723161600000000000",
        "ISO,  1970-01-01T00:00:00Z,                0",
        "ISO,  1969-12-31T23:59:59.999999999Z,      -1",
        "ISO,  2024-02-29T00:00:00Z,                1709164800000000000"
    })
    void shouldReadTimesExactly(CsvTimeUnit unit, String text, long expected) {
        assertThat(parse(unit, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, 1723161600.5,                        NOT_A_NUMBER",
        "AUTO, 1.7e18,                              NOT_A_NUMBER",
        "AUTO, -,                                   NOT_A_NUMBER",
        "AUTO, 2024-08-09,                          NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00,                    NOT_A_NUMBER",
        "AUTO, 2024-8-9T00:00:00,                   NOT_A_NUMBER",
        "AUTO, 2023-02-29T00:00:00,                 NOT_A_NUMBER",
        "AUTO, 2024-13-01T00:00:00,                 NOT_A_NUMBER",
        "AUTO, 2024-08-00T00:00:00,                 NOT_A_NUMBER",
        "AUTO, 2024-08-09T24:00:00,                 NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:60:00,                 NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:60,                 NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00.,                NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00UTC,              NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00+2:00,            NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00+25:00,           NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00+02-00,           NOT_A_NUMBER",
        "AUTO, 2024-08-09T00:00:00 Z,               NOT_A_NUMBER",
        "AUTO, 2024_08_09T00:00:00Z,                NOT_A_NUMBER",
        "ISO,  1723161600123456789,                 NOT_A_NUMBER",
        "NS,   2024-08-09T00:00:00Z,                NOT_A_NUMBER",
        "NS,   1.5,                                 TOO_PRECISE",
        "US,   1.0001,                              TOO_PRECISE",
        "S,    1723161600.1234567891,               TOO_PRECISE",
        "ISO,  2024-08-09T00:00:00.1234567891,      TOO_PRECISE",
        "AUTO, 9223372036854775808,                 OUT_OF_RANGE",
        "MS,   1723161600123456,                    OUT_OF_RANGE",
        "ISO,  2262-04-12T00:00:00Z,                OUT_OF_RANGE",
        "ISO,  0001-01-01T00:00:00Z,                OUT_OF_RANGE"
    })
    void shouldRefuseWhatIsNoTime(CsvTimeUnit unit, String text, RejectReason expected) {
        assertThat(TickRules.numberFault(parse(unit, text))).isEqualTo(expected);
    }

    @Test
    void shouldReadWhatTheJdkWrites() {
        SplittableRandom random = new SplittableRandom(3);
        CsvTime time = new CsvTime(CsvTimeUnit.AUTO);
        for (int i = 0; i < 20_000; i++) {
            long expected = random.nextLong(-Decimals.MAX_VALUE / 2, Decimals.MAX_VALUE);
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(expected, 1_000_000_000), Math.floorMod(expected, 1_000_000_000));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1080, 1080));
            char[] text = OffsetDateTime.ofInstant(instant, zone).toString().toCharArray();
            assertThat(text.length < 25 ? expected : time.parse(text, 0, text.length))
                    .isEqualTo(expected);
        }
    }

    private static long parse(CsvTimeUnit unit, String text) {
        return new CsvTime(unit).parse(text.toCharArray(), 0, text.length());
    }
}
