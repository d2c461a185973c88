package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.Engine.NamedFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query makes of a file's first row: its receive time is as the query says. */
class CsvArgumentsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("a.csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "ts,symbol,bid,ask!7,A,1,2!!7",
                "a b,symbol,bid,ask!7.5,A,1,2!?time=a%20b&time-unit=us!7500",
                "a+b&c=d;symbol;bid;ask!7;A;1;2!?time=a+b%26c=d&time-unit=ms&sep=;!7000000",
                "Ü&symbol&bid&ask!7&A&1&2!?time=%C3%9C&time-unit=s&sep=%26!7000000000",
                "t|p|s!1970-01-01 00:00:01|3|4!?time=t&price=p&size=s&sep=|&time-unit=iso&instrument=A!1000000000",
                "7,A,1,2!8,A,1,2!?header=no&time=1&symbol=2&bid=3&ask=4!7",
                "1,2,A,7!8,A,1,2!?header=no&price=1&size=2&symbol=3&time=4!7"
            })
    void shouldReadTheFileAsTheQuerySays(String header, String row, String query, long expected) throws IOException {
        Files.writeString(file, header + "\n" + row + "\n");
        assertThat(firstTime("csv:" + file + (query == null ? "" : query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"tab", "\\t", "%09"})
    void shouldKnowATabByName(String word) throws IOException {
        Files.writeString(file, "ts\tsymbol\tbid\task\n7\tA\t1\t2\n");
        assertThat(firstTime("csv:" + file + "?sep=" + word)).isEqualTo(7);
    }

    @Test
    void shouldOpenAPathWithAMark() throws IOException {
        file = Files.writeString(folder.resolve("a?b=c.csv"), "ts,symbol,bid,ask\n7,A,1,2\n");
        assertThat(firstTime("csv:" + file + "?header=yes")).isEqualTo(7);
    }

    private long firstTime(String spec) throws IOException {
        try (FeedOpener opener = new FeedOpener(List.of(FeedSpec.parse(spec)), folder.resolve("data"))) {
            opener.openRecordings();
            NamedFeed feed = opener.feeds().get(0);
            assertThat(feed.name()).isEqualTo("csv");
            assertThat(feed.feed().kind()).isEqualTo("csv");
            return feed.feed().firstReceiveTimeNs();
        }
    }
}
