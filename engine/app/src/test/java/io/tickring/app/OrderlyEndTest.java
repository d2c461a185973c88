package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderlyEndTest {
    @Test
    void shouldAskOnceHoweverOftenItIsAsked() {
        OrderlyEnd end = new OrderlyEnd();
        List<String> done = new ArrayList<>();
        end.whenAsked(() -> done.add("first"));
        assertThat(end.isAsked()).isFalse();

        end.ask();
        end.ask();
        end.whenAsked(() -> done.add("late"));

        assertThat(end.isAsked()).isTrue();
        assertThat(done).containsExactly("first", "late");
    }
}
