package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RecoveryProgressTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text, true);
    private final OrderlyEnd end = new OrderlyEnd();

    @Test
    void shouldSayOneLineWhereNobodyWatches() {
        try (RecoveryProgress progress = new RecoveryProgress(end, err, true, false)) {
            progress.onProgress(1_000, 4_567_000);
            progress.onProgress(4_567_000, 4_567_000);
        }
        assertThat(text)
                .hasToString(
                        "tickring: rebuilding the table, from sequence 1,000 to 4,567,000" + System.lineSeparator());
    }

    @Test
    void shouldDrawABarOnATerminal() {
        try (RecoveryProgress progress = new RecoveryProgress(end, err, true, true)) {
            progress.onProgress(1_000, 2_000_000);
            progress.onProgress(2_000_000, 2_000_000);
        }
        String[] drawn = text.toString().split("\r");
        assertThat(drawn).hasSizeGreaterThan(1);
        assertThat(drawn[drawn.length - 1])
                .startsWith("rebuilding the table 100% ")
                .contains("2000000/2000000")
                .endsWith(System.lineSeparator());
        assertThat(drawn).allMatch(line -> line.strip().length() <= 79);
    }

    @Test
    void shouldBeQuietWhenAskedAndWhenThereIsNothing() {
        try (RecoveryProgress progress = new RecoveryProgress(end, err, false, true)) {
            progress.onProgress(1, 2_000_000);
        }
        try (RecoveryProgress progress = new RecoveryProgress(end, err, true, false)) {
            progress.onProgress(1_999_000, 2_000_000);
        }
        new RecoveryProgress(end, err, true, true).close();

        assertThat(text.toString()).isEmpty();
    }

    @Test
    void shouldEndTheRebuildingOnASignal() {
        end.ask();
        try (RecoveryProgress progress = new RecoveryProgress(end, err, true, false)) {
            assertThatThrownBy(() -> progress.onProgress(1, 2)).isInstanceOf(RecoveryProgress.StoppedException.class);
        }
    }
}
