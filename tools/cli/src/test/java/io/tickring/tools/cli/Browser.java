package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium of this machine. Each page is opened by a process of its own that has a deadline, and whose
 * profile, home and temporary files lie in one folder that is gone afterwards.
 */
record Browser(String command) {
    private static final Pattern PROBE = Pattern.compile("<pre id=\"probe\">(.*?)</pre>", Pattern.DOTALL);
    private static final List<String> COMMANDS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String BLANK = "<!DOCTYPE html><title>works</title>";
    private static final long DEADLINE_S = 60;
    private static final long PAGE_TIME_MS = 30_000;

    /** The first on the PATH that opens a page in {@code folder}, if any does. */
    static Optional<Browser> find(Path folder) throws IOException, InterruptedException {
        Path page = Files.writeString(folder.resolve("blank.html"), BLANK);
        for (String command : COMMANDS) {
            Browser browser = new Browser(command);
            if (isOnPath(command) && browser.dom(page).contains("<title>works</title>")) {
                return Optional.of(browser);
            }
        }
        return Optional.empty();
    }

    /** As {@link #find}; without one the test is skipped, or fails where {@code BROWSER_REQUIRED} is in the environment. */
    static Browser required(Path folder) throws IOException, InterruptedException {
        Optional<Browser> found = find(folder);
        if (System.getenv("BROWSER_REQUIRED") == null) {
            assumeTrue(found.isPresent(), "none of chromium, chromium-browser and google-chrome opens a page here");
        }
        return found.orElseThrow(() -> new AssertionError("BROWSER_REQUIRED is set: none opens a page here"));
    }

    /** Opens a copy of {@code page} that uses itself by the script {@code probe}, and reads what it saw; it saw no error. */
    JsonText probe(Path page, String probe, String... flags) throws IOException, InterruptedException {
        String html = Files.readString(page);
        int end = html.lastIndexOf("</body>");
        String probed = html.substring(0, end)
                        .replaceFirst("<head>", Matcher.quoteReplacement("<head>" + script("probe-head.js")))
                + script("probe-run.js")
                + script(probe)
                + html.substring(end);
        String dom = dom(Files.writeString(page.resolveSibling("probed.html"), probed), flags);
        Matcher result = PROBE.matcher(dom);
        assertThat(result.find()).as("the probe ended").isTrue();
        JsonText seen = JsonText.parse(result.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", "\u00a0")
                .replace("&amp;", "&"));
        assertThat(seen.field("errors").elements()).isEmpty();
        return seen;
    }

    private static String script(String name) throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return "<script>" + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "</script>";
        }
    }

    /** The page's elements as its scripts have left them; empty where the browser did not end in time. */
    String dom(Path page, String... flags) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(page.getParent(), "browser");
        Path dom = scratch.resolve("dom");
        ProcessBuilder builder = new ProcessBuilder(command(page, scratch, flags))
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment().put("HOME", scratch.toString());
        builder.environment().put("TMPDIR", scratch.toString());
        Process process = builder.start();
        try {
            return process.waitFor(DEADLINE_S, TimeUnit.SECONDS) ? Files.readString(dom, StandardCharsets.UTF_8) : "";
        } finally {
            end(process);
            delete(scratch);
        }
    }

    private List<String> command(Path page, Path scratch, String... flags) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-crash-reporter",
                "--window-size=1300,1400",
                "--user-data-dir=" + scratch.resolve("profile"),
                "--virtual-time-budget=" + PAGE_TIME_MS));
        words.addAll(List.of(flags));
        words.addAll(List.of("--dump-dom", page.toUri().toString()));
        return words;
    }

    private static boolean isOnPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, command)));
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** A helper process may write for a moment yet. */
    private static void delete(Path folder) throws IOException {
        for (int round = 1; Files.exists(folder); round++) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                if (round == 50) {
                    throw e;
                }
                Jar.sleep(100);
            }
        }
    }
}
