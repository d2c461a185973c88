package io.tickring.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCheckTest {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    @TempDir
    private Path folder;

    private final AtomicLong nowMs = new AtomicLong(20_000 * DAY_MS);

    @Test
    void shouldSayWhatWasLookedAt() {
        try (JournalAppender appender = open()) {
            assertThat(appender.checks())
                    .hasSize(6)
                    .contains("lock", "module opens", "queue writable", "native layer", "clock")
                    .anyMatch(check -> check.startsWith("folder forced in "));
            assertThat(appender.notices()).isEmpty();
        }
    }

    /** The clock may go wherever it likes: nothing is lost and nothing refused. */
    @Test
    void shouldGoOnBeforeAClockThatIsBehind() {
        append(1);
        nowMs.addAndGet(-DAY_MS);
        try (JournalAppender appender = open()) {
            assertThat(appender.notices())
                    .singleElement()
                    .asString()
                    .startsWith("the clock is " + DAY_MS + " ms before the journal's newest file");
        }
        append(2);
        nowMs.addAndGet(3 * DAY_MS);
        append(3);
        JournalVerification verification =
                JournalVerifier.verify(folder, null, (first, count, records, offset, length) -> {});
        assertThat(verification.error()).isNull();
        assertThat(verification.lastSequence()).isEqualTo(3);
        assertThat(verification.cycles()).isEqualTo(2);
    }

    private void append(long sequence) {
        try (JournalAppender appender = open()) {
            appender.append(new UnsafeBuffer(new byte[64]), 0, sequence, 1, sequence, false);
        }
    }

    private JournalAppender open() {
        return JournalAppender.open(new JournalContext().directory(folder).epochClock(nowMs::get));
    }
}
