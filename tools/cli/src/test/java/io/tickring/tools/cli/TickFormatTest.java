package io.tickring.tools.cli;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.NO_TRADE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TickFormatTest {
    private static final int TICKS = 5_000;
    private static final List<String> SYMBOLS =
            List.of("BTCUSDT", "A,B", "\"", "say\"hi\",\"", "back\\slash", "'#;\t".strip());
    private static final List<String> COLUMNS = List.of(TickFormat.COLUMNS.split(","));

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[TICKS * TickDescriptor.LENGTH]);

    TickFormatTest() {
        SplittableRandom random = new SplittableRandom(11);
        MutableTick tick = new MutableTick();
        for (int i = 0; i < TICKS; i++) {
            tick.wrap(records, i * TickDescriptor.LENGTH);
            int id = random.nextInt(SYMBOLS.size());
            long exchangeTime = random.nextInt(3) == 0 ? NO_TIME : random.nextLong(1L << 61);
            long receiveTime = random.nextLong(1L << 61);
            if (random.nextBoolean()) {
                tick.quote(id, exchangeTime, receiveTime, number(random), number(random), size(random), size(random));
            } else {
                long tradeId = random.nextInt(3) == 0 ? NO_TRADE_ID : random.nextLong();
                tick.trade(
                        id, exchangeTime, receiveTime, number(random), size(random), tradeId, (byte) random.nextInt(3));
            }
            records.putLong(i * TickDescriptor.LENGTH, i + 1L);
        }
    }

    @Test
    void shouldWriteTheSameCsvAsALibrary() throws IOException {
        StringWriter expected = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(expected)) {
            writer.writeRecord(COLUMNS);
            forEach(tick -> writer.writeRecord(fields(tick, null)));
        }
        assertThat(written(new CsvFormat(false))).isEqualTo(expected.toString());
    }

    @Test
    void shouldWriteCsvThatALibraryReads() throws IOException {
        List<List<String>> expected = new ArrayList<>(List.of(COLUMNS));
        forEach(tick -> expected.add(fields(tick, null)));
        List<List<String>> read = CsvReader.builder().ofCsvRecord(written(new CsvFormat(false))).stream()
                .map(record -> record.getFields())
                .toList();
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void shouldWriteJsonWithTheSameKeysAndValues() throws IOException {
        List<String> lines = written(new JsonFormat(false)).lines().toList();
        List<String> expected = new ArrayList<>();
        forEach(tick -> expected.add(plainJson(fields(tick, "null"))));
        List<String> actual = new ArrayList<>();
        for (String line : lines) {
            actual.add(plainJson(line));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void shouldLeaveNothingOfWhatPeopleSeeUnaligned() throws IOException {
        List<String> lines = written(new PrettyFormat()).lines().toList();
        assertThat(lines).hasSize(TICKS + 1);
        int receiveTime = lines.get(0).indexOf("ts_recv");
        int type = lines.get(0).indexOf("type");
        assertThat(lines.subList(1, lines.size())).allSatisfy(line -> {
            assertThat(line.substring(receiveTime)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z  .*");
            assertThat(line.substring(type)).matches("(quote  none|trade  (buy |sell|none))  .*");
        });
    }

    @Test
    void shouldShowTimesInIsoWhenPretty() throws IOException {
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";
        assertThat(written(new CsvFormat(true)).lines().skip(1))
                .allMatch(line -> line.matches("\\d+,(" + time + ")?," + time + ",.*"));
        assertThat(written(new JsonFormat(true)).lines())
                .allMatch(line -> line.matches(
                        "\\{\"sequence\":\\d+,\"ts_event\":(\"" + time + "\"|null),\"ts_recv\":\"" + time + "\",.*"));
    }

    /** Takes one tick. */
    private interface TickConsumer {
        void accept(Tick tick) throws IOException;
    }

    private void forEach(TickConsumer consumer) throws IOException {
        Tick tick = new Tick();
        for (int i = 0; i < TICKS; i++) {
            consumer.accept(tick.wrap(records, i * TickDescriptor.LENGTH));
        }
    }

    private String written(TickFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineBuffer line = new LineBuffer(out);
        for (int id = 0; id < SYMBOLS.size(); id++) {
            format.define(id, SYMBOLS.get(id));
        }
        format.begin(line);
        forEach(tick -> format.write(tick, line));
        line.flush();
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static List<String> fields(Tick tick, String absent) {
        boolean quote = tick.type() == TickDescriptor.QUOTE;
        String none = absent == null ? "" : absent;
        return List.of(
                Long.toString(tick.sequence()),
                tick.exchangeTimeNs() == NO_TIME ? none : Long.toString(tick.exchangeTimeNs()),
                Long.toString(tick.receiveTimeNs()),
                SYMBOLS.get(tick.instrumentId()),
                quote ? "quote" : "trade",
                List.of("none", "buy", "sell").get(tick.side()),
                quote ? Decimals.format(tick.bid()) : none,
                quote ? Decimals.format(tick.ask()) : none,
                quote ? Decimals.format(tick.bidSize()) : none,
                quote ? Decimals.format(tick.askSize()) : none,
                quote ? none : Decimals.format(tick.price()),
                quote ? none : Decimals.format(tick.size()),
                quote || tick.tradeId() == NO_TRADE_ID ? none : Long.toString(tick.tradeId()));
    }

    /**
     * Each key with its kind of value and the value: {@code s} for strings, {@code i} for integers, nothing for null.
     */
    private static String plainJson(List<String> fields) {
        return java.util.stream.IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> {
                    boolean integer = List.of("sequence", "ts_event", "ts_recv", "trade_id")
                            .contains(COLUMNS.get(i));
                    boolean isNull = fields.get(i).equals("null");
                    return COLUMNS.get(i) + "=" + (isNull ? "" : integer ? "i" : "s") + fields.get(i);
                })
                .collect(Collectors.joining("|"));
    }

    private static String plainJson(String line) throws IOException {
        List<String> fields = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String kind = switch (parser.nextToken()) {
                    case VALUE_STRING -> "s";
                    case VALUE_NUMBER_INT -> "i";
                    case VALUE_NULL -> "";
                    default -> "?";
                };
                fields.add(name + "=" + kind + parser.getText());
            }
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isNull();
        }
        return String.join("|", fields);
    }

    private static long number(SplittableRandom random) {
        return random.nextLong(-Decimals.MAX_VALUE, Decimals.MAX_VALUE) >> random.nextInt(64);
    }

    private static long size(SplittableRandom random) {
        return random.nextLong(Decimals.MAX_VALUE) >> random.nextInt(64);
    }
}
