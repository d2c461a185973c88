package io.tickring.tools.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must stand in the table when producers have published so many ticks of their sets: found by applying the same ticks to a
 * table in memory. A pass over a whole set, but for the first, adds the same each time, so of a long run at most three passes are
 * applied and the others are added up.
 */
final class ExpectedTable {
    private static final int PASSES = 2;

    private final List<TickSet> sets;
    private final boolean sequenced;

    private ExpectedTable(List<TickSet> sets, boolean sequenced) {
        this.sets = sets;
        this.sequenced = sequenced;
    }

    /** One producer's ticks carry their sequences; between several the order is left to chance, and so is a tick's sequence. */
    static ExpectedTable of(Workload workload) {
        return new ExpectedTable(workload.sets(), workload.producers() == 1);
    }

    /** Whatever the sequences. */
    static ExpectedTable unsequenced(Workload workload) {
        return new ExpectedTable(workload.sets(), false);
    }

    /**
     * @param published by each producer
     * @throws BenchException if a field of a row is not as it must be: the peer lost, doubled or changed a tick
     */
    void require(String peer, long[] published, TableRows actual) {
        for (int producer = 0; producer < sets.size(); producer++) {
            Map<Integer, Map<TableRows.Field, BigDecimal>> expected = after(producer, published[producer]);
            for (Map.Entry<Integer, Map<TableRows.Field, BigDecimal>> row : expected.entrySet()) {
                requireRow(peer, row.getKey(), row.getValue(), actual.row(row.getKey()));
            }
        }
    }

    private void requireRow(
            String peer, int id, Map<TableRows.Field, BigDecimal> expected, Map<TableRows.Field, BigDecimal> actual) {
        for (TableRows.Field field : TableRows.Field.values()) {
            if (field == TableRows.Field.SEQUENCE && !sequenced) {
                continue;
            }
            if (expected.get(field).compareTo(actual.get(field)) != 0) {
                throw new BenchException("peer=" + peer + " instrument=" + id + " field=" + field + " value="
                        + actual.get(field) + " expected=" + expected.get(field)
                        + ": its table is not what the ticks make");
            }
        }
    }

    private Map<Integer, Map<TableRows.Field, BigDecimal>> after(int producer, long ticks) {
        TickSet set = sets.get(producer);
        long passes = ticks / set.capacity();
        long skipped = Math.max(0, passes - PASSES);
        PeerTable table = PeerTable.inMemory();
        table.define();
        TableRows rows = TableRows.of(table.reader());
        Map<Integer, Map<TableRows.Field, BigDecimal>> afterOne = Map.of();
        Map<Integer, Map<TableRows.Field, BigDecimal>> afterTwo = Map.of();
        long applied = ticks - skipped * set.capacity();
        for (long number = 0; number < applied; number++) {
            table.apply(set.records(), set.sequence(number));
            if (number + 1 == set.capacity()) {
                afterOne = copy(producer, rows);
            } else if (number + 1 == 2L * set.capacity()) {
                afterTwo = copy(producer, rows);
            }
        }
        Map<Integer, Map<TableRows.Field, BigDecimal>> expected = copy(producer, rows);
        if (skipped > 0) {
            addPasses(expected, afterOne, afterTwo, BigDecimal.valueOf(skipped));
        }
        return expected;
    }

    private static void addPasses(
            Map<Integer, Map<TableRows.Field, BigDecimal>> rows,
            Map<Integer, Map<TableRows.Field, BigDecimal>> afterOne,
            Map<Integer, Map<TableRows.Field, BigDecimal>> afterTwo,
            BigDecimal passes) {
        rows.forEach((id, fields) -> fields.replaceAll((field, value) -> field.grows
                ? value.add(afterTwo.get(id)
                        .get(field)
                        .subtract(afterOne.get(id).get(field))
                        .multiply(passes))
                : value));
    }

    private Map<Integer, Map<TableRows.Field, BigDecimal>> copy(int producer, TableRows rows) {
        Map<Integer, Map<TableRows.Field, BigDecimal>> copy = new TreeMap<>();
        for (int id = producer; id < TickSet.INSTRUMENTS; id += sets.size()) {
            copy.put(id, rows.row(id));
        }
        return copy;
    }
}
