package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.TextTable.Column;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotationTest {
    @Test
    void shouldWriteDecimalsPlainly() {
        assertThat(Notation.plain(new BigDecimal("61659.80000000"))).isEqualTo("61659.8");
        assertThat(Notation.plain(new BigDecimal("0E-16"))).isEqualTo("0");
        assertThat(Notation.plain(new BigDecimal("100"))).isEqualTo("100");
        assertThat(Notation.plain(new BigDecimal("1E+30"))).isEqualTo("1" + "0".repeat(30));
        assertThat(Notation.plain(new BigDecimal("1E-16"))).isEqualTo("0.0000000000000001");
    }

    @Test
    void shouldAlignNumbersToTheRightAndTextsToTheLeft() {
        TextTable table = new TextTable(Column.text("name"), Column.number("n"), Column.text("end"));
        table.add(List.of("a", "1,234", "x"));
        table.add(List.of("longer", "7", ""));
        assertThat(table.lines())
                .containsExactly(
                        "name        n  end", //
                        "a       1,234  x",
                        "longer      7");
    }
}
