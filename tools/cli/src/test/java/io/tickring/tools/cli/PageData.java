package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What stands in a page that a tool has written. */
final class PageData {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private PageData() {}

    static JsonText of(Path page) throws IOException {
        return JsonText.parse(DATA.matcher(Files.readString(page))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1));
    }

    /** Nothing in the page names another file or the network, and each of its places is filled. */
    static void requireAlone(Path page) throws IOException {
        String html = Files.readString(page);
        assertThat(html).contains("The MIT License (MIT)", "Leon Sorokin").doesNotContain("{{");
        assertThat(Pattern.compile("(?i)(src|href|action|srcset)\\s*=\\s*[\"']")
                        .matcher(html)
                        .results())
                .isEmpty();
        assertThat(Pattern.compile(
                                "(?i)@import|url\\(|\\bimport\\s*\\(|\\bfetch\\s*\\(|XMLHttpRequest|WebSocket|sendBeacon")
                        .matcher(html)
                        .results())
                .isEmpty();
        assertThat(Pattern.compile("https?://[^\\s\"'<>)]*")
                        .matcher(html)
                        .results()
                        .map(MatchResult::group))
                .as("the line in which the library names itself")
                .containsExactly("https://github.com/leeoniya/uPlot");
    }
}
