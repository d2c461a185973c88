package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FiguresReaderTest {
    private static final int READS = 300_000;

    @TempDir
    private Path folder;

    private final RandomTicks ticks = new RandomTicks(4, 5, 2_000);

    @Test
    void shouldReadInAFileWhatIsInTheWritersMemory() throws IOException {
        FiguresFile file = show();
        FiguresReader reader = FiguresReader.map(folder);
        assertThat(reader.digest()).isEqualTo(LiveFigures.of(ticks, 1).reader().digest());
        assertThat(reader.appliedSequence()).isEqualTo(ticks.count);
        assertThat(reader.instruments()).isEqualTo(5);
        assertThat(reader.find("S4")).isEqualTo(4);
        assertThat(reader.find("S5")).isEqualTo(-1);
        InstrumentFigures mapped = reader.newFigures();
        InstrumentFigures own = file.reader().newFigures();
        for (int id = 0; id < 5; id++) {
            assertThat(reader.read(id, mapped)).isTrue();
            assertThat(file.reader().read(id, own)).isTrue();
            assertThat(mapped.instrumentId()).isEqualTo(id);
            assertThat(mapped.symbol()).isEqualTo("S" + id);
            assertThat(mapped.sequence()).isEqualTo(own.sequence());
            assertThat(mapped.bars(0)).isEqualTo(own.bars(0));
            assertThat(mapped.ewma()).isEqualTo(own.ewma());
        }
        assertThatThrownBy(() -> reader.read(5, mapped)).hasMessage("id=5 instruments=5");
        assertThatThrownBy(() -> reader.read(-1, mapped)).hasMessage("id=-1 instruments=5");
    }

    private FiguresFile show() throws IOException {
        FiguresFile file = FiguresFile.build(folder, ticks.context.workers(1), 5);
        assertThat(folder.resolve(FiguresDescriptor.FILE_NAME)).doesNotExist();
        LiveFigures.apply(file.handler(0), ticks, 1, ticks.count);
        file.show(1, 2, 3, 4);
        return file;
    }

    @Test
    void shouldRefuseWhatItCannotRead() throws IOException {
        assertThatThrownBy(() -> FiguresReader.map(folder)).isInstanceOf(NoSuchFileException.class);
        show();
        requireRefused(0, 0x12345678, " is no file of bars: it does not begin with TKRB");
        requireRefused(4, 7, " layoutVersion=7 but this program reads 1; use the tools that belong to its engine");
        requireRefused(4, 0, " layoutVersion=0 but this program reads 1; use the tools that belong to its engine");
        Path bars = folder.resolve("bars");
        byte[] whole = Files.readAllBytes(bars);
        Files.write(bars, Arrays.copyOf(whole, 100));
        assertThatThrownBy(() -> FiguresReader.map(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("file=" + bars + " is no file of bars: it does not begin with TKRB");
        Files.write(bars, Arrays.copyOf(whole, whole.length - 1_000));
        assertThatThrownBy(() -> FiguresReader.map(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("file=" + bars + " is cut short: length=" + (whole.length - 1_000) + " of " + whole.length
                        + " bytes; copy it again");
    }

    private void requireRefused(int offset, int value, String message) throws IOException {
        Path bars = folder.resolve("bars");
        byte[] before = Files.readAllBytes(bars);
        try (RandomAccessFile file = new RandomAccessFile(bars.toFile(), "rw")) {
            file.seek(offset);
            file.writeInt(Integer.reverseBytes(value));
        }
        assertThatThrownBy(() -> FiguresReader.map(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("file=" + bars + message);
        Files.write(bars, before);
        assertThat(FiguresReader.map(folder).instruments()).isEqualTo(5);
    }

    /** As after a writer that died, or does not get a core, in the middle of a row. */
    @Test
    void shouldGiveUpOnARowThatIsBeingWrittenForASecond() throws IOException {
        FiguresFile file = show();
        FiguresReader reader = FiguresReader.map(folder);
        long version = FiguresDescriptor.HEADER_LENGTH + FiguresDescriptor.VERSION;
        try (RandomAccessFile bytes =
                new RandomAccessFile(folder.resolve("bars").toFile(), "rw")) {
            bytes.seek(version);
            int before = bytes.read();
            bytes.seek(version);
            bytes.write(before | 1);
            assertThat(reader.read(1, reader.newFigures())).isTrue();
            assertThat(reader.read(0, reader.newFigures())).isFalse();
            UnsafeBuffer copy = new UnsafeBuffer(new byte[file.copyLength(5)]);
            assertThat(file.copy(copy, 5)).isEqualTo(-1);
            bytes.seek(version);
            bytes.write(before);
            assertThat(file.copy(copy, 5)).isEqualTo(ticks.count);
        }
    }

    @Test
    void shouldKnowNothingOfAnInstrumentWithoutATick() {
        FiguresFile file = LiveFigures.empty(new AnalyticsContext(), 1, 2);
        UnsafeBuffer records = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        new MutableTick().wrap(records, 0).definition(1, "ONE");
        file.handler(0).onBatch(records, 0, 1, 1);
        InstrumentFigures figures = file.reader().newFigures();
        for (int id = 0; id < 2; id++) {
            assertThat(file.reader().read(id, figures)).isTrue();
            assertThat(figures.symbol()).isEqualTo(id == 0 ? "" : "ONE");
            assertThat(figures.quotes() + figures.trades() + figures.returns()).isZero();
            assertThat(new double[] {
                        figures.ewma(), figures.timeWeightedSpread(), figures.realizedVolatility(), figures.imbalance()
                    })
                    .containsOnly(Double.NaN);
            assertThat(figures.bars(0)).isEmpty();
            assertThat(figures.buyVolume()).isZero();
        }
    }

    /** Each quote sets both sizes to its number and its mid to the same, all in one grid step: a torn row shows another imbalance or count. */
    @Test
    void shouldNeverShowAHalfWrittenRow() throws InterruptedException {
        FiguresFile file = LiveFigures.empty(new AnalyticsContext(), 1, 1);
        AtomicBoolean done = new AtomicBoolean();
        FiguresReader reader = file.reader();
        UnsafeBuffer records = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick().wrap(records, 0).definition(0, "ONE");
        FiguresHandler handler = file.handler(0);
        handler.onBatch(records, 0, 1, 1);
        Thread writer = new Thread(() -> {
            for (long sequence = 2; !done.get(); sequence++) {
                tick.quote(0, 0, sequence, sequence, sequence + 2, sequence, sequence);
                records.putLong(TickDescriptor.SEQUENCE_OFFSET, sequence);
                handler.onBatch(records, 0, sequence, 1);
            }
        });
        writer.start();
        InstrumentFigures figures = reader.newFigures();
        long torn = 0;
        long newest = 0;
        for (int i = 0; i < READS; i++) {
            boolean isWhole = reader.read(0, figures)
                    && figures.quotes() == Math.max(0, figures.sequence() - 1)
                    && (figures.quotes() == 0 || figures.imbalance() == 0)
                    && figures.sequence() >= newest;
            torn += isWhole ? 0 : 1;
            newest = figures.sequence();
        }
        done.set(true);
        writer.join();
        assertThat(torn).isZero();
        assertThat(newest).isGreaterThan(1);
    }
}
