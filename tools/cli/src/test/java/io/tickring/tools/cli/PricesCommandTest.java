package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.price.PriceTableDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesCommandTest {
    private static final String QUALITY =
            ",\"state\":\"LIVE\",\"crossed\":0,\"locked\":0,\"timeBack\":0,\"repeatedIds\":0,\"idGaps\":0}";
    private static final String BTC =
            "{\"symbol\":\"BTC\",\"bid\":\"61800.2\",\"bidSize\":\"2.507\",\"ask\":\"61800.3\","
                    + "\"askSize\":\"0\",\"last\":\"61800\",\"lastSize\":\"1.5\",\"open\":\"61800.3\",\"high\":\"61800.3\","
                    + "\"low\":\"61800\",\"volume\":\"1.506\",\"notional\":\"93070.8018\",\"vwap\":\"61800.00119522\",\"quotes\":1,"
                    + "\"trades\":2,\"exchangeTime\":1723161255088169167,\"receiveTime\":1723161257088169167,\"sequence\":6"
                    + QUALITY;
    private static final String ODD = "{\"symbol\":\"A,\\\"B\",\"bid\":\"-37.63\",\"bidSize\":\"1000\",\"ask\":\"0\","
            + "\"askSize\":\"0.00000001\",\"last\":null,\"lastSize\":null,\"open\":null,\"high\":null,\"low\":null,"
            + "\"volume\":\"0\",\"notional\":\"0\",\"vwap\":null,\"quotes\":1,\"trades\":0,\"exchangeTime\":null,"
            + "\"receiveTime\":1723161256088169167,\"sequence\":5" + QUALITY;
    private static final String NEW = "{\"symbol\":\"NEW\",\"bid\":null,\"bidSize\":null,\"ask\":null,\"askSize\":null,"
            + "\"last\":null,\"lastSize\":null,\"open\":null,\"high\":null,\"low\":null,\"volume\":\"0\",\"notional\":\"0\","
            + "\"vwap\":null,\"quotes\":0,\"trades\":0,\"exchangeTime\":null,\"receiveTime\":null,\"sequence\":null"
            + QUALITY;

    @TempDir
    Path data;

    @BeforeEach
    void writeMarket() {
        Market.write(data);
    }

    @Test
    void shouldWriteOneJsonArrayInTheOrderOfIds() {
        Run run = Run.tools("prices", "--json", "--data", data);
        assertThat(run).isEqualTo(new Run(0, "[" + BTC + "," + ODD + "," + NEW + "]\n", ""));
    }

    @Test
    void shouldShowATableWithADashForWhatIsNotKnown() {
        Run run = Run.tools("prices", "--data", data);
        assertThat(run.exitCode()).isZero();
        assertThat(run.dataLines()).hasSize(4);
        assertThat(run.dataLines().get(0).split(" +"))
                .containsExactly(
                        ("symbol bid bidSize ask askSize last lastSize open high low volume notional vwap quotes trades "
                                        + "exchangeTime receiveTime sequence state age crossed locked timeBack repeatedIds idGaps")
                                .split(" "));
        assertThat(run.dataLines().get(2).replaceAll(" [0-9.]+m?s ", " AGE ").split(" +"))
                .containsExactly(
                        ("A,\"B -37.63 1000 0 0.00000001 - - - - - 0 0 - 1 0 - 2024-08-08T23:54:16.088169167Z 5"
                                        + " LIVE AGE 0 0 0 0 0")
                                .split(" "));
        assertThat(run.dataLines())
                .extracting(line -> line.length())
                .containsOnly(run.dataLines().get(0).length());
        assertThat(run.talkLines())
                .singleElement()
                .asString()
                .matches("tickring: the engine \\(pid [0-9]+\\) ended cleanly at .*; this is what it left");
    }

    @Test
    void shouldShowOnlySymbolsThatMatchAnyGlob() {
        Run run = Run.tools("prices", "--json", "--data", data, "--symbol", "N?W", "--symbol", "A,*");
        assertThat(run.data()).isEqualTo("[" + ODD + "," + NEW + "]\n");
        assertThat(Run.tools("prices", "--json", "--data", data, "--symbol", "nothing")
                        .data())
                .isEqualTo("[]\n");
    }

    @Test
    void shouldShowAnEmptyTable(@TempDir Path empty) {
        Market.writeWithoutTicks(empty);
        assertThat(Run.tools("prices", "--json", "--data", empty)).isEqualTo(new Run(0, "[]\n", ""));
        Run table = Run.tools("prices", "--data", empty);
        assertThat(table.exitCode()).isZero();
        assertThat(table.dataLines()).singleElement().asString().startsWith("symbol  bid  bidSize");
    }

    @Test
    void shouldNameARowWhoseWriterDiedInTheMiddleOfItAndShowTheOthers() throws IOException {
        setVersionOfFirstRow(1);
        Run run = Run.tools("prices", "--json", "--data", data);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.data()).isEqualTo("[" + ODD + "," + NEW + "]\n");
        assertThat(run.talkLines()).singleElement().asString().startsWith("tickring: symbol=BTC cannot be read");
    }

    @Test
    void shouldReadALiveFolderThatIsNotTheDataFolder(@TempDir Path live) throws IOException {
        Files.move(data.resolve("prices"), live.resolve("prices"));
        assertThat(Run.tools("prices", "--json", "--data", data, "--live", live).data())
                .contains(BTC);
        assertThat(Run.tools("prices", "--json", "--data", data).exitCode()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAFileThatIsNoPriceTable() throws IOException {
        Files.writeString(data.resolve("prices"), "x".repeat(10_000));
        Run run = Run.tools("prices", "--data", data);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.talkLines()).singleElement().asString().contains("'prices' cannot be read", "not a price table");
    }

    private void setVersionOfFirstRow(long version) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(data.resolve("prices").toFile(), "rw")) {
            file.seek(PriceTableDescriptor.HEADER_LENGTH + PriceTableDescriptor.VERSION);
            file.writeLong(Long.reverseBytes(version));
        }
    }
}
