package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.journaling.JournalRange.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PositionConverterTest {
    private final PositionConverter converter = new PositionConverter();

    @Test
    void shouldTakeBareDigitsForASequence() {
        assertThat(converter.convert("42")).isEqualTo(Position.sequence(42));
        assertThat(converter.convert("1723161255088169167")).isEqualTo(Position.sequence(1_723_161_255_088_169_167L));
    }

    @Test
    void shouldTakeIsoTimesToTheNanosecond() {
        assertThat(converter.convert("2024-08-08T23:54:15.088169167Z"))
                .isEqualTo(Position.time(1_723_161_255_088_169_167L));
        assertThat(converter.convert("2024-08-08T23:54:15Z")).isEqualTo(Position.time(1_723_161_255_000_000_000L));
        assertThat(converter.convert("1969-12-31T23:59:59.5Z")).isEqualTo(Position.time(-500_000_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1.5",
                "yesterday",
                "99999999999999999999",
                "2024-08-08",
                "2024-08-08T23:54:15",
                "2024-08-08T23:54:15+01:00",
                "2024-08-08T23:54:15.0881691670Z",
                "2024-13-08T23:54:15Z",
                "3024-08-08T23:54:15Z"
            })
    void shouldRefuseEverythingElse(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "' is n");
    }
}
