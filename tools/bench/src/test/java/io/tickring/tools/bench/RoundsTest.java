package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void shouldGoBackwardsInEverySecondRound() {
        List<String> peers = List.of("A", "B", "C");
        assertThat(Rounds.inTurn(peers, -1)).containsExactly("A", "B", "C");
        assertThat(Rounds.inTurn(peers, 0)).containsExactly("A", "B", "C");
        assertThat(Rounds.inTurn(peers, 1)).containsExactly("C", "B", "A");
        assertThat(Rounds.inTurn(peers, 2)).containsExactly("A", "B", "C");
    }
}
