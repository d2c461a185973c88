package io.tickring.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.app.view.TextTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
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
