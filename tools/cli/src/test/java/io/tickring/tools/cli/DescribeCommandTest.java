package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest {
    private static final String BTC = "{\"symbol\":\"BTC\",\"quotes\":1,\"trades\":2,"
            + "\"firstReceiveTime\":1723161255088169167,\"lastReceiveTime\":1723161257088169167,"
            + "\"firstExchangeTime\":1723161255088168167,\"lastExchangeTime\":1723161255088169167}";
    private static final String ODD = "{\"symbol\":\"A,\\\"B\",\"quotes\":1,\"trades\":0,"
            + "\"firstReceiveTime\":1723161256088169167,\"lastReceiveTime\":1723161256088169167,"
            + "\"firstExchangeTime\":null,\"lastExchangeTime\":null}";
    private static final String NEW = "{\"symbol\":\"NEW\",\"quotes\":0,\"trades\":0,"
            + "\"firstReceiveTime\":null,\"lastReceiveTime\":null,\"firstExchangeTime\":null,\"lastExchangeTime\":null}";

    @TempDir
    Path data;

    @Test
    void shouldWriteOneJsonObject() {
        Market.write(data);
        Run run = Run.tools("describe", "--json", "--data", data);
        assertThat(run.exitCode()).isZero();
        assertThat(run.talk()).isEmpty();
        assertThat(run.dataLines())
                .singleElement()
                .asString()
                .matches("\\{\"journalId\":\"[0-9a-f]{16}\",\"incarnations\":1,\"cycles\":1,\"blocks\":[2-9],"
                        + "\"blockBytes\":\\d+,\"diskBytes\":\\d+,\"bytesPerTick\":\\d+\\.\\d\\d,\"firstSequence\":1,"
                        + "\"lastSequence\":8,\"gaps\":0,\"missing\":0,\"ticks\":4,\"quotes\":2,\"trades\":2,.*")
                .endsWith("\"firstReceiveTime\":1723161255088169167,\"lastReceiveTime\":1723161257088169167,"
                        + "\"firstExchangeTime\":1723161255088168167,\"lastExchangeTime\":1723161255088169167,"
                        + "\"undefinedTicks\":0,\"otherRecords\":4,\"definitions\":3,\"attributes\":0,\"checkpoints\":1,"
                        + "\"padding\":0,\"skipped\":0,\"stale\":0,\"unknownTypes\":0,\"instruments\":[" + BTC + ","
                        + ODD + ","
                        + NEW
                        + "],\"error\":null}");
        JsonText json = JsonText.parse(run.data());
        assertThat(json.integer("diskBytes")).isGreaterThan(json.integer("blockBytes"));
        assertThat(json.field("bytesPerTick").value())
                .isEqualTo(BigDecimal.valueOf(json.integer("blockBytes"))
                        .divide(BigDecimal.valueOf(4), 2, RoundingMode.HALF_UP));
    }

    @Test
    void shouldAlignLabelsValuesAndInstruments() {
        Journals.writeManyBlocks(data, 1_234);
        Run run = Run.tools("describe", "--data", data);
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.dataLines();
        int gap = lines.indexOf("");
        assertThat(lines.subList(0, gap))
                .extracting(String::length)
                .containsOnly(lines.get(0).length());
        assertThat(lines.subList(0, gap))
                .extracting(line -> line.strip().replaceAll(" {2,}", "|"))
                .contains(
                        "incarnations|1",
                        "files|1",
                        "first sequence|1",
                        "last sequence|1,236",
                        "ticks|1,234",
                        "quotes|1,234",
                        "trades|0",
                        "undefined instrument|0",
                        "other records|2",
                        "first received|2024-08-08T23:54:15.088169167Z",
                        "last received|2024-08-08T23:54:15.088169167Z",
                        "first exchange time|-")
                .doesNotContain("no ticks");
        assertThat(lines.subList(gap + 1, lines.size()))
                .containsExactly(
                        "symbol  quotes  trades  first received                  last received",
                        "BTC      1,234       0  2024-08-08T23:54:15.088169167Z  2024-08-08T23:54:15.088169167Z");
    }

    @Test
    void shouldLeaveTheTotalsAsTheyAreWhenItListsSomeInstruments() {
        Market.write(data);
        JsonText some =
                JsonText.parse(Run.tools("describe", "--json", "--data", data, "--symbol", "B*", "--symbol", "N?W")
                        .data());
        assertThat(some.field("instruments").elements())
                .extracting(row -> row.text("symbol"))
                .containsExactly("BTC", "NEW");
        assertThat(some.integer("ticks")).isEqualTo(4);
        List<String> none =
                Run.tools("describe", "--data", data, "--symbol", "x").dataLines();
        assertThat(none).last().asString().startsWith("symbol  quotes");
        assertThat(none).doesNotContain("no ticks");
    }

    @Test
    void shouldSayThatThereAreNoTicks() {
        Market.writeWithoutTicks(data);
        Run text = Run.tools("describe", "--data", data);
        assertThat(text.exitCode()).isZero();
        assertThat(text.dataLines()).last().isEqualTo("no ticks");
        assertThat(text.dataLines())
                .extracting(line -> line.replaceAll(" {2,}", "|"))
                .contains("ticks|0", "bytes a tick|-", "first received|-");
        JsonText json =
                JsonText.parse(Run.tools("describe", "--json", "--data", data).data());
        assertThat(json.integer("ticks")).isZero();
        assertThat(json.field("bytesPerTick").value()).isNull();
        assertThat(json.field("instruments").elements()).isEmpty();
    }

    @Test
    void shouldDescribeWhatIsSoundBeforeADamagedBlockAndNameIt() throws IOException {
        Journals.writeManyBlocks(data, 100);
        Journals.flipBit(data, 40);
        for (String format : List.of("--json", "--symbol=*")) {
            Run run = Run.tools("describe", format, "--data", data);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.talkLines())
                    .singleElement()
                    .asString()
                    .matches("tickring: the journal is damaged: file=\\S+\\.cq4 block=\\d+ sequence=41 .*run verify.*");
            if (format.equals("--json")) {
                JsonText json = JsonText.parse(run.data());
                assertThat(List.of(json.integer("ticks"), json.integer("lastSequence")))
                        .containsExactly(39L, 40L);
                assertThat(run.talk()).startsWith("tickring: " + json.text("error"));
            } else {
                assertThat(run.data()).contains("BTC");
            }
        }
    }
}
