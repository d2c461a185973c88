package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.app.view.Figures;
import io.tickring.engine.CrashLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "20k, 20000",
        "20m, 20000000",
        "3g, 3000000000",
        "9223372036854775807, 9223372036854775807",
        "9223372036g, 9223372036000000000"
    })
    void shouldReadCounts(String text, long count) {
        assertThat(new CountConverter().convert(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "k", "-1", "+1", "1.5k", "1K", "1kk", " 1", "0x10", "9223372036854775808", "9223372037g", "١"
            })
    void shouldRefuseOtherCounts(String text) {
        assertThatThrownBy(() -> CountConverter.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void shouldHoldCountsOfIntToTheirRange() {
        assertThat(new CountConverter.OfInt().convert("2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new CountConverter.OfInt().convert("2147483648"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("at most 2147483647");
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "1ns, 1",
        "2us, 2000",
        "3ms, 3000000",
        "30s, 30000000000",
        "5m, 300000000000",
        "2h, 7200000000000",
        "1d, 86400000000000",
        "106751d, 9223286400000000000"
    })
    void shouldReadDurations(String text, long ns) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofNanos(ns));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1S", "1sec", "1 s", "106752d", "99999999999999999999s"})
    void shouldRefuseOtherDurations(String text) {
        assertThatThrownBy(() -> DurationConverter.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "-5, 0ms",
        "999999999, 999ms",
        "1000000000, 1.0s",
        "59999999999, 59.9s",
        "60000000000, 1m",
        "3599000000000, 59m",
        "7200000000000, 2h",
        "172800000000000, 2d"
    })
    void shouldShowAgesInShort(long ns, String text) {
        assertThat(Figures.age(ns)).isEqualTo(text);
    }

    @Test
    void shouldReadTimesToLive() {
        assertThat(TimeToLiveRule.parse("5s")).isEqualTo(new TimeToLiveRule("*", Duration.ofSeconds(5), null));
        assertThat(TimeToLiveRule.parse("BTC*=500ms/2s"))
                .isEqualTo(new TimeToLiveRule("BTC*", Duration.ofMillis(500), Duration.ofSeconds(2)));
        assertThat(TimeToLiveRule.parse("A=B=off")).isEqualTo(new TimeToLiveRule("A=B", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "=5s", "0s", "BTC*", "BTC*=", "5s/5s", "5s/1s", "5s/", "/5s", "5s/6s/7s", "OFF"})
    void shouldRefuseOtherTimesToLive(String text) {
        assertThatThrownBy(() -> TimeToLiveRule.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "'")
                .hasMessageMatching(".*as (in )?('BTC|5s).*");
    }

    @ParameterizedTest
    @CsvSource({"max, Infinity", "1x, 1", "0.5x, 0.5", "10x, 10", "2.25x, 2.25"})
    void shouldReadPaces(String text, double speed) {
        assertThat(new PaceConverter().convert(text)).isEqualTo(speed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x", "0.0x", "-1x", "1", "max1", "Max", "1e3x", "NaNx", ".5x", "5.x"})
    void shouldRefuseOtherPaces(String text) {
        assertThatThrownBy(() -> PaceConverter.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void shouldKnowTheWordsOfEachChoiceInOrder() {
        assertThat(new Choice.Threads()).containsExactly("auto", "dedicated", "shared");
        assertThat(new Choice.Wait()).containsExactly("auto", "busy-spin", "yield", "sleep", "block");
        assertThat(new Choice.Overflow()).containsExactly("wait", "drop");
        assertThat(new Choice.Roll()).containsExactly("hourly", "daily", "minutely", "secondly");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1000, 1.00k",
        "20012, 20.0k",
        "66700, 66.7k",
        "999499, 999k",
        "999500, 1.00M",
        "12345678, 12.3M"
    })
    void shouldShortenFigures(double value, String text) {
        assertThat(Figures.shortly(value)).isEqualTo(text);
    }

    @Test
    void shouldWriteFiguresForPeople() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.bytes(211_456)).isEqualTo("211 kB");
        assertThat(Figures.bytes(7)).isEqualTo("7 B");
        assertThat(Figures.micros(1_234_567)).isEqualTo("1,234.6");
        assertThat(Figures.shortMicros(9_999_000)).isEqualTo("9,999.0");
        assertThat(Figures.shortMicros(40_206_300)).isEqualTo("40,206");
        assertThat(Figures.seconds(1.5)).isEqualTo("1.50 s");
    }

    @ParameterizedTest
    @CsvSource({
        "off, 0",
        "0, 0",
        "1000000, 1000000",
        "5B, 5",
        "2kB, 2000",
        "3MB, 3000000",
        "4GB, 4000000000",
        "2KiB, 2048",
        "512MiB, 536870912",
        "2GiB, 2147483648"
    })
    void shouldReadSizes(String text, long bytes) {
        assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5GiB", "1mib", "1 MiB", "1TB", "9223372036854775807GiB"})
    void shouldRefuseOtherSizes(String text) {
        assertThatThrownBy(() -> new SizeConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"64MiB, 67108864", "1GiB, 1073741824", "134217728, 134217728", "off, 0"})
    void shouldReadTheRoomOfTheBroadcast(String text, int bytes) {
        assertThat(new BroadcastConverter().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "32MiB", "64MB", "100MiB", "2GiB", "9223372036854775807"})
    void shouldRefuseAnotherRoomForTheBroadcast(String text) {
        assertThatThrownBy(() -> new BroadcastConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' must be 64MiB, 128MiB, 256MiB, 512MiB or 1GiB; or off");
    }

    @Test
    void shouldReadHowOftenASnapshotIsTaken() {
        assertThat(new SnapshotConverter().convert("10m")).isEqualTo(10_000_000);
        assertThat(new SnapshotConverter().convert("off")).isZero();
        assertThatThrownBy(() -> new SnapshotConverter().convert("0"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'0': above 0, or off");
    }

    @Test
    void shouldReadHowManyFailedStartsAreTooMany() {
        assertThat(new CrashLoopConverter().convert("5/10m")).isEqualTo(new CrashLoop(5, Duration.ofMinutes(10)));
        assertThat(new CrashLoopConverter().convert("off")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "0/10m", "5/0s", "5/", "/10m", "-1/10m", "5/10"})
    void shouldRefuseOtherCrashLoops(String text) {
        assertThatThrownBy(() -> new CrashLoopConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'");
    }

    @Test
    void shouldReadALinger() {
        assertThat(new LingerConverter().convert("0")).isEqualTo(Duration.ZERO);
        assertThat(new LingerConverter().convert("1ms")).isEqualTo(Duration.ofMillis(1));
        assertThat(new LingerConverter().convert("1s")).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> new LingerConverter().convert("2s"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'2s' is too long: at most 1s");
        assertThatThrownBy(() -> new LingerConverter().convert("1"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'1' is no duration");
    }
}
