package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
}
