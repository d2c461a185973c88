package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are empty, end, are cut, come through stdin or hold what is no tick. */
class InputsIT {
    private static final String QUOTE =
            "1723161255088169167 {\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\","
                    + "\"u\":1,\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\",\"a\":\"61800.30\",\"A\":\"2.510\","
                    + "\"T\":1723161256313,\"E\":1723161256313}}\n";
    private static final String TRADE = "1723161255088176367 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\","
            + "\"E\":1723161256322,\"T\":1723161256322,\"s\":\"BTCUSDT\",\"t\":7,\"p\":\"61800.30\",\"q\":\"0.006\","
            + "\"X\":\"MARKET\",\"m\":false}}\n";
    private static final String OTHER = "1723161255088176368 {\"result\":null,\"id\":1}\n";
    private static final String BAD = "1723161255088176369 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\","
            + "\"s\":\"BTCUSDT\",\"t\":8,\"p\":\"-1\",\"q\":\"1\",\"m\":true}}\n";

    @TempDir
    Path folder;

    private Jar jar;

    @BeforeEach
    void prepare() {
        jar = new Jar(folder);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @Test
    void shouldTakeAnEmptyInput() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        JsonText summary = RunLaws.hold(jar.engine("--feed", "binance:" + empty, "--json", "--quiet"));
        assertThat(summary.integer("published")).isZero();
        assertThat(summary.field("feeds").elements().get(0).integer("lines")).isZero();
        Run replay = jar.tools("replay");
        assertThat(replay.exitCode()).as(replay.talk()).isZero();
        assertThat(replay.data()).isEmpty();
        assertThat(jar.tools("prices", "--json").data()).isEqualTo("[]\n");
        assertThat(RunLaws.sound(jar.tools("verify", "--json")).integer("ticks"))
                .isZero();
    }

    @Test
    void shouldEndWhenItsFeedsHaveEndedAndCountEveryLine() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), QUOTE + OTHER + BAD + TRADE + "no line at all\n");
        Path gzip = Files.write(folder.resolve("gzip"), gzip(TRADE + QUOTE));
        JsonText summary = RunLaws.hold(jar.engine("--feed", "binance:" + plain + "," + gzip, "--json"));
        JsonText feed = summary.field("feeds").elements().get(0);
        assertThat(feed.integer("lines")).isEqualTo(7);
        assertThat(feed.integer("ignored")).isEqualTo(1);
        assertThat(feed.integer("rejected")).isEqualTo(2);
        assertThat(summary.field("rejected").integer("NOT_POSITIVE")).isEqualTo(1);
        assertThat(summary.field("rejected").integer("MALFORMED_LINE")).isEqualTo(1);
        String stat = jar.tools("stat", "--once").data();
        assertThat(stat).contains("rejected NOT_POSITIVE", plain.toString()).doesNotContain("rejected TOO_PRECISE");
    }

    @Test
    void shouldReadStdin() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), QUOTE + TRADE);
        JsonText summary = RunLaws.hold(jar.engineReading(plain, "--feed", "binance:-", "--json"));
        assertThat(summary.integer("published")).isEqualTo(2);
        Path gzip = Files.write(folder.resolve("gzip"), gzip(QUOTE + TRADE));
        JsonText again = RunLaws.hold(jar.engineReading(gzip, "--feed", "binance:-", "--json"));
        assertThat(again.integer("published")).isEqualTo(2);
        assertThat(JsonText.parse(jar.tools("prices", "--json").data())
                        .elements()
                        .get(0)
                        .integer("trades"))
                .isEqualTo(2);
    }

    @Test
    void shouldTakeWhatComesBeforeACutInTheMiddleOfALine() throws IOException {
        byte[] whole = gzip((QUOTE + TRADE).repeat(2_000));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - whole.length / 3));
        Run run = jar.engine("--feed", "binance:" + cut, "--json");
        JsonText summary = RunLaws.hold(run);
        assertThat(summary.field("rejected").names()).containsExactly("TRUNCATED_INPUT");
        assertThat(summary.field("rejected").integer("TRUNCATED_INPUT")).isEqualTo(1);
        assertThat(summary.integer("published")).isBetween(100L, 3_999L);
        assertThat(jar.tools("replay").dataLines()).hasSize((int) summary.integer("published") + 1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
