package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.Engine.NamedFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedOpenerTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCallFeedsByTheirKindWhereTheyHaveNoName() {
        assertThat(names("sim", "binance:a", "spot=binance:b", "binance:c", "sim", "binance:d"))
                .containsExactly("sim", "binance", "spot", "binance-2", "sim-2", "binance-3");
    }

    @Test
    void shouldRefuseTwoFeedsOfOneName() {
        assertThatThrownBy(() -> names("sim-2=binance:a", "sim", "sim"))
                .isInstanceOf(WrongUseException.class)
                .hasMessageStartingWith("two feeds are called 'sim-2'");
    }

    @Test
    void shouldOpenWhatWasAskedForInOrder() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));
        try (FeedOpener opener = opener("x=sim", "binance:" + file)) {
            opener.openRecordings();
            opener.openJournals();

            List<NamedFeed> feeds = opener.feeds();
            assertThat(feeds).extracting(NamedFeed::name).containsExactly("x", "binance");
            assertThat(feeds).extracting(NamedFeed::suffix).containsExactly(".x", "");
            assertThat(feeds).extracting(feed -> feed.feed().kind()).containsExactly("sim", "binance");
            assertThat(opener.republished()).isNull();
        }
    }

    @Test
    void shouldKnowTheDataFolderUnderAnotherName() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));

        assertThatThrownBy(() -> opener("journal:" + link))
                .isInstanceOf(WrongUseException.class)
                .hasMessageContaining("is the data folder itself");
    }

    private FeedOpener opener(String... specs) {
        return new FeedOpener(Stream.of(specs).map(FeedSpec::parse).toList(), folder.resolve("data"));
    }

    private static List<String> names(String... specs) {
        return FeedOpener.names(Stream.of(specs).map(FeedSpec::parse).toList());
    }
}
