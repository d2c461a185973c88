package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.tools.bench.RowReads.Company;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The designs that keep rows: the same rows in the end, no torn one seen, and a reader that would tell. */
class RowReadsTest {
    private static final int SET_CAPACITY = 2_048;
    private static final long QUOTES = 10_001;

    private final TickSet set = TickSet.bound(1, SET_CAPACITY);

    @TempDir
    private Path folder;

    static Stream<RowDesign> designs() {
        return RowDesign.all().stream();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldShowEachQuoteToAReaderAtOnce(RowDesign design) {
        RowDesign.Rows rows = design.fresh().get();
        RowDesign.RowReading reading = rows.reading();
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            assertThat(reading.read(id)).isTrue();
            assertThat(reading.isBound()).isTrue();
        }
        for (long number = 0; number < SET_CAPACITY; number++) {
            rows.write(set, number, 1);
            assertThat(rows.rows().row(set.tick(number).instrumentId()).get(TableRows.Field.BID))
                    .isEqualByComparingTo(Long.toString(set.tick(number).bid()));
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldTellARowThatIsNoQuoteOfTheSet(RowDesign design) {
        TickSet unbound = TickSet.market(1, SET_CAPACITY);
        RowDesign.Rows rows = design.fresh().get();
        rows.write(unbound, 0, 4);
        RowDesign.RowReading reading = rows.reading();
        assertThat(reading.read(unbound.tick(3).instrumentId())).isTrue();
        assertThat(reading.isBound()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldEndWithTheSameRowsInWhateverCompany(RowDesign design) {
        Workload workload = Workload.of(set, QUOTES);
        for (Company company : Company.values()) {
            PeerRun run = new RowReads(design, company, workload).run(folder);
            assertThat(run.ticks()).isEqualTo(QUOTES);
            assertThat(run.busyThreads()).isEqualTo(1 + company.readers);
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldReadMeanwhileAndEndByTheTime(RowDesign design) {
        Workload workload = Workload.of(set, Long.MAX_VALUE).sustained(0.2, Long.MAX_VALUE);
        PeerRun run = new RowReads(design, Company.ONE, workload).run(folder);
        assertThat(run.ticks()).isPositive();
        assertThat(run.reads().count()).isPositive();
        assertThat(run.lap().cpuNsByThread()).containsKey("reader 1");
    }

    @Test
    void shouldReadNoFasterThanAsked() {
        Workload workload = Workload.of(set, Long.MAX_VALUE).sustained(0.2, Long.MAX_VALUE);
        PeerRun run = new RowReads(RowDesign.all().get(0), Company.PACED, workload).run(folder);
        assertThat(run.reads().askedRate()).isEqualTo(1e6);
        assertThat(run.millionReadsPerSecond()).isPositive().isLessThan(1.01);
    }

    @Test
    void shouldGiveNoFigureWhenAReaderSeesATornRow() {
        RowDesign torn = new RowDesign("torn", TornRows::new);
        Workload workload = Workload.of(set, Long.MAX_VALUE).sustained(0.2, Long.MAX_VALUE);
        assertThatThrownBy(() -> new RowReads(torn, Company.ONE, workload).run(folder))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("peer=torn: 1 reader violations=")
                .hasMessageContaining("a reader saw a torn row");
    }

    @Test
    void shouldGiveNoFigureWhenAReaderFails() {
        RowDesign failing = new RowDesign("failing", () -> new TornRows() {
            @Override
            public RowDesign.RowReading reading() {
                return new RowDesign.RowReading() {
                    @Override
                    public boolean read(int instrumentId) {
                        throw new IllegalStateException("no row");
                    }

                    @Override
                    public boolean isBound() {
                        return true;
                    }
                };
            }
        });
        Workload workload = Workload.of(set, Long.MAX_VALUE).sustained(0.2, Long.MAX_VALUE);
        assertThatThrownBy(() -> new RowReads(failing, Company.ONE, workload).run(folder))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("a reader failed: java.lang.IllegalStateException: no row");
    }

    @Test
    void shouldSetTheOffHeapTableAgainstEveryOtherDesignWhereThereAreCores() {
        int others = RowDesign.all().size() - 1;
        assertThat(Reads.marks(1)).hasSize(1);
        assertThat(Reads.marks(2)).hasSize(1 + 2 * others).allMatch(mark -> mark.peer() < Company.values().length);
        assertThat(Reads.marks(64)).hasSize(1 + 3 * 2 * others);
        assertThat(Reads.marks(2).get(0)).isEqualTo(new Mark(2, 0, 0.9));
        assertThat(Reads.marks(2).get(2)).isEqualTo(new Mark(3, 9, 1, Mark.Rate.READS));
    }

    @Test
    void shouldSetEachWriterAgainstItselfAloneAndBesideANeighbour() {
        double[][] rates = new double[RowDesign.all().size() * Company.values().length][];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = Named.rates(8, 8);
        }
        rates[Company.NEIGHBOUR.ordinal()] = Named.rates(4, 4);
        rates[Company.PACED.ordinal()] = Named.rates(6, 6);
        List<String> lines = Reads.summary(Named.result(rates).peers());
        assertThat(lines).hasSize(rates.length + 2);
        assertThat(lines.get(1 + Company.PACED.ordinal())).contains("6.00", "0.75x", "1.50x");
        assertThat(lines.get(1 + Company.values().length)).contains("1.00x");
    }

    /** Rows that are never whole. */
    private static class TornRows implements RowDesign.Rows {
        @Override
        public void write(TickSet written, long first, int count) {
            Thread.onSpinWait();
        }

        @Override
        public RowDesign.RowReading reading() {
            return new RowDesign.RowReading() {
                @Override
                public boolean read(int instrumentId) {
                    return true;
                }

                @Override
                public boolean isBound() {
                    return false;
                }
            };
        }

        @Override
        public TableRows rows() {
            throw new AssertionError("the rows are not looked at");
        }
    }
}
