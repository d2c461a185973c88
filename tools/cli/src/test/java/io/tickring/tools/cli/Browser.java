package io.tickring.tools.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium of this machine. Each page is opened by a process of its own that has a deadline, and whose
 * profile, home and temporary files lie in one folder that is gone afterwards.
 */
record Browser(String command) {
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
