package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryJsonTest {
    @Test
    void shouldWriteTheWholeObject() {
        assertThat(SummaryJson.of(Summaries.full(), Map.of("total", 612.34)))
                .isEqualTo("{\"state\":\"HALTED\",\"reason\":\"DISK_LOW\",\"feeds\":["
                        + "{\"name\":\"spot\",\"kind\":\"binance\",\"lines\":41252,\"quotes\":28040,\"trades\":9757,"
                        + "\"ignored\":3452,\"rejected\":3,\"dropped\":0},"
                        + "{\"name\":\"um\",\"kind\":\"binance\",\"lines\":93955,\"quotes\":66089,\"trades\":21313,"
                        + "\"ignored\":6552,\"rejected\":1,\"dropped\":199}],"
                        + "\"published\":125000,\"journaled\":125000,\"applied\":125000,\"dropped\":199,"
                        + "\"rejected\":{\"MALFORMED_LINE\":3,\"TOO_PRECISE\":1},"
                        + "\"definitions\":2,\"padding\":3,\"control\":1,\"skipped\":4,"
                        + "\"firstSequence\":1001,\"lastSequence\":126010,\"acceptedSequence\":126010,"
                        + "\"journaledSequence\":126010,\"durableSequence\":126000,\"digest\":\"00abcdef01234567\",\"figuresDigest\":\"0001020304050607\","
                        + "\"seconds\":2.500000,\"ticksPerSecond\":50000.0,\"journalBytes\":8250000,"
                        + "\"threads\":\"shared\",\"wait\":\"yield\",\"startMs\":{\"total\":612.3},\"latencyNs\":{"
                        + "\"price\":{\"count\":1000,\"p50\":500223,\"p90\":900095,\"p99\":990207,\"p999\":999423,"
                        + "\"max\":1000447},"
                        + "\"journal\":{\"count\":2000,\"p50\":500223,\"p90\":900095,\"p99\":990207,\"p999\":999423,"
                        + "\"max\":1000447}}}");
    }

    @Test
    void shouldKeepItsShapeWhenNothingCame() {
        assertThat(SummaryJson.of(Summaries.empty(), Map.of()))
                .startsWith("{\"state\":\"STOPPED\",\"reason\":null,\"feeds\":[")
                .contains("\"rejected\":{},")
                .contains(
                        "\"firstSequence\":1,\"lastSequence\":0,\"acceptedSequence\":0,"
                                + "\"journaledSequence\":0,\"durableSequence\":0,\"digest\":\"ffffffffffffffff\",\"figuresDigest\":null,")
                .contains("\"seconds\":0.010000,\"ticksPerSecond\":0.0,")
                .endsWith("\"latencyNs\":{\"price\":{\"count\":0,\"p50\":0,\"p90\":0,\"p99\":0,\"p999\":0,\"max\":0},"
                        + "\"journal\":{\"count\":0,\"p50\":0,\"p90\":0,\"p99\":0,\"p999\":0,\"max\":0}}}");
    }
}
