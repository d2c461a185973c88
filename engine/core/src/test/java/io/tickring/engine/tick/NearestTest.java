package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void shouldFindTheWordThatWasMeant() {
        List<String> words = List.of("sim", "binance", "csv", "journal");
        assertThat(Nearest.of("binanse", words)).isEqualTo("binance");
        assertThat(Nearest.of("csf", words)).isEqualTo("csv");
        assertThat(Nearest.of("", words)).isEqualTo("sim");
        assertThat(Nearest.of("journal", words)).isEqualTo("journal");
        assertThatThrownBy(() -> Nearest.of("x", List.of())).isInstanceOf(NoSuchElementException.class);
    }
}
