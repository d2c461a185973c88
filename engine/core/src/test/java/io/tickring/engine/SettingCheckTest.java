package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingCheckTest {
    @ParameterizedTest
    @CsvSource({
        "'', handler= must have a name of 1 to 15 characters",
        "sixteen letters., handler=sixteen letters. must have a name of 1 to 15 characters",
        "journal, handler=journal is the name of a stage of the engine's own",
        "price, handler=price is the name of a stage of the engine's own",
        "broadcast, handler=broadcast is the name of a stage of the engine's own",
        "counters, handler=counters is the name of a stage of the engine's own"
    })
    void shouldRefuseAHandlersName(String name, String message) {
        assertThatThrownBy(() -> SettingCheck.check(context(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldTakeOtherNames() {
        assertThatCode(() -> SettingCheck.check(context("fifteen letters"))).doesNotThrowAnyException();
    }

    private static EngineContext context(String handler) {
        return new EngineContext().handler(handler, (records, offset, firstSequence, count) -> {});
    }
}
