package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected of a table is what applying every tick makes, however long the run; anything else is told. */
class ExpectedTableTest {
    private static final int CAPACITY = 256;

    private final Workload workload = Workload.burst(3, 1, CAPACITY);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, 257, 512, 513, 768, 5 * CAPACITY + 77, 40 * CAPACITY})
    void shouldBeWhatEveryTickMakes(long ticks) {
        Workload one = Workload.burst(1, ticks, CAPACITY);
        assertThatCode(() -> ExpectedTable.of(one).require("peer", new long[] {ticks}, applied(one, ticks)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 256, 513, 5 * CAPACITY + 77})
    void shouldMissALostTick(long ticks) {
        Workload one = Workload.burst(1, ticks, CAPACITY);
        assertThatThrownBy(() -> ExpectedTable.of(one).require("peer", new long[] {ticks}, applied(one, ticks - 1)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("peer=peer instrument=");
    }

    @ParameterizedTest
    @EnumSource(value = TableRows.Field.class, mode = EnumSource.Mode.EXCLUDE, names = "SEQUENCE")
    void shouldMissAnythingElseInAFieldOfSeveralProducers(TableRows.Field field) {
        long[] published = {1_000, 900, 1_100};
        TableRows right = applied(workload, published);
        TableRows wrong = id -> {
            Map<TableRows.Field, BigDecimal> row = new EnumMap<>(right.row(id));
            if (id == 7) {
                row.merge(field, BigDecimal.ONE, BigDecimal::add);
            }
            return row;
        };
        assertThatCode(() -> ExpectedTable.of(workload).require("peer", published, right))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ExpectedTable.of(workload).require("peer", published, wrong))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("instrument=7 field=" + field);
    }

    private static TableRows applied(Workload workload, long... published) {
        PeerTable table = PeerTable.inMemory();
        table.define();
        for (int producer = 0; producer < published.length; producer++) {
            TickSet set = workload.sets().get(producer);
            for (long number = 0; number < published[producer]; number++) {
                table.apply(set.records(), set.sequence(number));
            }
        }
        return TableRows.of(table.reader());
    }
}
