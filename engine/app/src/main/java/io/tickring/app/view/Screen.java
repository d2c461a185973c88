package io.tickring.app.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lines that are rewritten in place on a terminal, below what stands there; the last ones stay when it ends. One thread's, but for
 * {@link #close}.
 */
public final class Screen implements AutoCloseable {
    private static final String ESCAPE = "\u001b[";
    private static final String HIDE_CURSOR = ESCAPE + "?25l";
    private static final String SHOW_CURSOR = ESCAPE + "?25h";
    private static final String CLEAR_ALL = ESCAPE + "2J" + ESCAPE + "H";
    private static final String CLEAR_LINE = ESCAPE + "K";
    private static final String CLEAR_BELOW = ESCAPE + "J";

    private final OutputStream out;
    private final Terminal terminal;
    private boolean closed;
    private int shownLines;

    public Screen(OutputStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        terminal.measure();
    }

    /** How many lines fit. */
    public int height() {
        return terminal.rows() - 1;
    }

    /** The terminal, for its keys. */
    public Terminal terminal() {
        return terminal;
    }

    /** Shows {@code lines} in place of the last ones, cut to the terminal's size; nothing while the process is in the background. */
    public synchronized void show(List<String> lines) throws IOException {
        if (closed || !Terminal.isForeground()) {
            return;
        }
        StringBuilder frame = new StringBuilder(HIDE_CURSOR);
        if (terminal.measure()) {
            frame.append(CLEAR_ALL);
        } else if (shownLines > 0) {
            frame.append(ESCAPE).append(shownLines).append('A');
        }
        shownLines = Math.min(lines.size(), height());
        boolean isCut = shownLines < lines.size();
        for (int i = 0; i < shownLines; i++) {
            String line = isCut && i == shownLines - 1
                    ? "(" + (lines.size() - i) + " more lines: make the window taller)"
                    : lines.get(i);
            frame.append('\r').append(fitting(line)).append(CLEAR_LINE).append('\n');
        }
        write(frame.append(CLEAR_BELOW).append(SHOW_CURSOR).toString());
    }

    /** Gives the terminal back; the last lines stay. Idempotent. */
    @Override
    public void close() throws IOException {
        terminal.close();
        synchronized (this) {
            closed = true;
        }
    }

    /** Without what would move the cursor, and no longer than the terminal is wide. */
    private String fitting(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= terminal.columns() ? printable : printable.substring(0, terminal.columns());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
