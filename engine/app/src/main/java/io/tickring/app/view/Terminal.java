package io.tickring.app.view;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that a person sits at: its size, and its keys as they are pressed, without Enter and without an echo. One
 * thread's, but for {@link #resized}, {@link #resumed} and {@link #close}, which any may call.
 *
 * <p>Design note: the terminal libraries take keys from standard input, which may be a feed here; so {@code stty} speaks to
 * the controlling terminal. Keys are looked for and not waited for, and by a foreground process alone: a read from the
 * background would stop the process.
 */
public final class Terminal implements AutoCloseable {
    /** No key was pressed. */
    public static final int NO_KEY = -1;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path PROCESS = Path.of("/proc/self/stat");
    private static final File CONTROLLING = new File("/dev/tty");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})");
    private static final int DEFAULT_ROWS = 24;
    private static final int DEFAULT_COLUMNS = 80;
    private static final long STTY_SECONDS = 2;

    private final InputStream keys;
    private final String modes;
    private int rows = DEFAULT_ROWS;
    private int columns = DEFAULT_COLUMNS;
    private volatile boolean sizeIsKnown;
    private volatile boolean closed;

    private Terminal(InputStream keys, String modes) {
        this.keys = keys;
        this.modes = modes;
    }

    /** Whether a terminal is behind a descriptor of this process, as 1 or 2. Elsewhere than on Linux nothing is taken for one. */
    public static boolean isBehind(int descriptor) {
        try {
            String device = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor)))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** Whether plain lines are asked for: {@code NO_COLOR} is set, or {@code TERM} is none or dumb. */
    public static boolean isPlain(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        return !environment.getOrDefault("NO_COLOR", "").isEmpty() || type.isEmpty() || type.equals("dumb");
    }

    /**
     * Takes the terminal for a view that is rewritten in place.
     *
     * @param environment as of {@link System#getenv}, see {@link #isPlain}
     * @return null where plain lines are asked for, or nobody watches in the foreground
     */
    public static Terminal open(Map<String, String> environment) {
        if (isPlain(environment) || !isForeground()) {
            return null;
        }
        try {
            Terminal terminal = new Terminal(new FileInputStream(CONTROLLING), stty("-g"));
            takeKeysAtOnce();
            return terminal;
        } catch (IOException notToBeHad) {
            return null;
        }
    }

    /** Lines that fit. */
    public int rows() {
        return rows;
    }

    /** Characters that fit in a line. */
    public int columns() {
        return columns;
    }

    /** The next key that was pressed, or {@link #NO_KEY}. */
    public int key() {
        try {
            return !closed && isForeground() && keys.available() > 0 ? keys.read() : NO_KEY;
        } catch (IOException gone) {
            return NO_KEY;
        }
    }

    /** Whether this process may read from the terminal, as one in the background may not. */
    static boolean isForeground() {
        try {
            String fields = Files.readString(PROCESS);
            // After the name, which is in parentheses and may hold anything: state, parent, group, session, terminal,
            // its group.
            String[] words = fields.substring(fields.lastIndexOf(')') + 2).split(" ");
            return words[2].equals(words[5]);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** The size is another one, or may be: it is asked for at the next look. */
    public void resized() {
        sizeIsKnown = false;
    }

    /** The process was stopped and goes on: the shell has had the terminal meanwhile. */
    public synchronized void resumed() {
        sizeIsKnown = false;
        try {
            if (!closed && isForeground()) {
                takeKeysAtOnce();
            }
        } catch (IOException gone) {
            // Nobody is there any more to press a key.
        }
    }

    /** Asks for the size where it may have changed; answers whether it did. */
    boolean measure() {
        if (sizeIsKnown) {
            return false;
        }
        sizeIsKnown = true;
        int oldRows = rows;
        int oldColumns = columns;
        try {
            Matcher size = SIZE.matcher(stty("size"));
            if (size.matches()) {
                rows = Integer.parseInt(size.group(1));
                columns = Integer.parseInt(size.group(2));
            }
        } catch (IOException gone) {
            rows = DEFAULT_ROWS;
            columns = DEFAULT_COLUMNS;
        }
        return rows != oldRows || columns != oldColumns;
    }

    /** Gives the terminal back as it was. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (keys) {
            if (isForeground()) {
                stty(modes);
            }
        } catch (IOException gone) {
            // There is no terminal to give back.
        }
    }

    private static void takeKeysAtOnce() throws IOException {
        stty("-icanon", "-echo", "min", "1", "time", "0");
    }

    private static String stty(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(CONTROLLING)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            }
            throw new IOException(command + " failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
