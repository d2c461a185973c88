package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that cannot be read with what was asked for. */
class CsvSetUpTest {
    private static final String OR_NO_HEADER = ", or header=no where the first row is no header. Its columns are ";

    @TempDir
    private Path folder;

    private Path file;

    @Test
    void shouldNameTheColumnThatIsNotThereAndTheNearest() throws IOException {
        refuse(
                "time,symbol,bid,ask\n",
                new CsvContext().column(CsvField.BID, "biid"),
                "has no column 'biid', did you mean 'bid'? Its columns are time, symbol, bid, ask");
    }

    @Test
    void shouldNameWhatTheHeaderDoesNotTell() throws IOException {
        refuse(
                "symbol,bid,ask\n",
                new CsvContext(),
                "tells no column for a time; name it: ?time=COL" + OR_NO_HEADER + "symbol, bid, ask");
        refuse(
                "time,bid,ask\n",
                new CsvContext(),
                "tells no column for a symbol; name it: ?symbol=COL or instrument=NAME" + OR_NO_HEADER
                        + "time, bid, ask");
        refuse(
                "time,symbol,bid\n",
                new CsvContext(),
                "tells no column for bid and ask, nor price and size; name it: ?bid=COL&ask=COL or price=COL&size=COL"
                        + OR_NO_HEADER + "time, symbol, bid");
        refuse(
                "time,symbol,price,size,bid,a\n",
                new CsvContext().column(CsvField.BID, "bid"),
                "tells no column for ask; name it: ?ask=COL" + OR_NO_HEADER + "time, symbol, price, size, bid, a");
        refuse(
                "time,symbol,\"a\nb\"\n",
                new CsvContext(),
                "tells no column for bid and ask, nor price and size; name it: ?bid=COL&ask=COL or price=COL&size=COL"
                        + OR_NO_HEADER + "time, symbol, a?b");
    }

    @Test
    void shouldRefuseWhatIsAmbiguous() throws IOException {
        refuse(
                "time,symbol,bid,ask,BID\n",
                new CsvContext(),
                "has more than one column 'bid'. Its columns are time, symbol, bid, ask, BID");
        refuse(
                "time,symbol,bid,ask\n",
                new CsvContext().instrument("A"),
                "has a column for the symbol; instrument=A is for a file without one");
    }

    @Test
    void shouldNameNumbersThatAreTooLargeOrMissing() throws IOException {
        CsvContext numbers =
                new CsvContext().header(false).column(CsvField.TIME, "1").column(CsvField.SYMBOL, "2");
        refuse(
                "1,A,1,2\n",
                numbers,
                "needs the number of a column for bid and ask, nor price and size; name it: "
                        + "?bid=NUMBER&ask=NUMBER or price=NUMBER&size=NUMBER");
        refuse(
                "1,A,1,2\n",
                numbers.column(CsvField.BID, "3").column(CsvField.ASK, "5"),
                "has no column 5: its first row has 4 columns");
    }

    @Test
    void shouldRefuseAFirstLineThatIsNoHeader() throws IOException {
        refuse(
                "time,\"symbol\"x,bid\n",
                new CsvContext(),
                "has a first line that is no row of CSV: broken quotes, or too long");
    }

    @Test
    void shouldSayTheSameOfStandardInputOnceItIsRead() throws IOException {
        try (FeedRig rig = new FeedRig();
                CsvFeed feed = CsvFeed.open(
                        "-", new CsvContext(), new ByteArrayInputStream(FeedRun.bytes("time,bid,ask\n1,2,3\n")))) {
            FeedOutput output = rig.output();
            assertThatThrownBy(() -> feed.run(output))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("path=- tells no column for a symbol");
        }
    }

    @Test
    void shouldReadTheHeaderOfACompressedFile() throws IOException {
        file = folder.resolve("a.csv.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(FeedRun.bytes("time,symbol\n"));
        }
        assertThatThrownBy(() -> CsvFeed.open(file.toString(), new CsvContext()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bid and ask");
    }

    @Test
    void shouldNameThePathThatCannotBeRead() {
        String missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> CsvFeed.open(missing, new CsvContext()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read path=" + missing + ": no such file");
        assertThatThrownBy(() -> CsvFeed.open(folder.toString(), new CsvContext()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read path=" + folder + ": it is a directory");
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() {
        refuseSettings(new CsvContext().separator('"'), "sep cannot be a quote or a line break");
        refuseSettings(
                new CsvContext().instrument("A").column(CsvField.SYMBOL, "s"),
                "instrument=A and symbol=s exclude each other");
        refuseSettings(new CsvContext().instrument("A B"), "instrument=A B must be 1 to 32 printable ASCII characters");
        refuseSettings(
                new CsvContext().header(false).column(CsvField.TIME, "ts"),
                "time=ts must be the number of a column, from 1, as header=no says that columns have no names");
        assertThat(new CsvContext().conclude()).isNotNull();
    }

    private static void refuseSettings(CsvContext context, String said) {
        assertThatThrownBy(context::conclude)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said);
    }

    private void refuse(String text, CsvContext context, String said) throws IOException {
        file = Files.writeString(folder.resolve("a.csv"), text);
        assertThatThrownBy(() -> CsvFeed.open(file.toString(), context))
                .isInstanceOf(IOException.class)
                .hasMessage("path=" + file + " " + said);
    }
}
