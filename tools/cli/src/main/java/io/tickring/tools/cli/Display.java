package io.tickring.tools.cli;

import io.tickring.app.Signals;
import io.tickring.app.view.Screen;
import io.tickring.app.view.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Shows lines again and again: in place where a person watches standard output, until {@code q} is pressed; elsewhere one look
 * after the other, with an empty line between. One thread's; a signal gives the terminal back.
 */
final class Display implements AutoCloseable {
    /** What keys do, where there are keys. */
    static final String KEYS = "q end";

    private static final int STANDARD_OUTPUT_HEIGHT = 24;
    private static final long KEY_NS = 50_000_000;

    private final Console console;
    private final Screen screen;
    private boolean begun;

    private Display(Console console, Screen screen) {
        this.console = console;
        this.screen = screen;
    }

    /** @param inPlace whether to rewrite a terminal in place where there is one */
    static Display on(Console console, boolean inPlace) {
        Terminal terminal = inPlace && console.dataIsTerminal() ? Terminal.open(System.getenv()) : null;
        if (terminal == null) {
            return new Display(console, null);
        }
        Signals.handle("WINCH", number -> terminal.resized());
        Signals.handle("CONT", number -> terminal.resumed());
        Display display = new Display(console, new Screen(console.data(), terminal));
        Runtime.getRuntime().addShutdownHook(new Thread(display::giveBack, "terminal"));
        return display;
    }

    /** Whether lines are rewritten in place and keys are taken. */
    boolean isInPlace() {
        return screen != null;
    }

    /** How many lines are seen at once. */
    int height() {
        return isInPlace() ? screen.height() : STANDARD_OUTPUT_HEIGHT;
    }

    void show(List<String> lines) throws IOException {
        if (isInPlace()) {
            screen.show(lines);
            return;
        }
        if (begun) {
            console.print("");
        }
        begun = true;
        for (String line : lines) {
            console.print(line);
        }
        console.data().flush();
    }

    /** Waits until {@code nanoTime}; false when the person who watches has asked for the end. */
    boolean awaitNext(long nanoTime) {
        while (true) {
            for (int key = key(); key != Terminal.NO_KEY; key = key()) {
                if (key == 'q') {
                    return false;
                }
            }
            long leftNs = nanoTime - System.nanoTime();
            if (leftNs <= 0) {
                return true;
            }
            if (!sleep(isInPlace() ? Math.min(leftNs, KEY_NS) : leftNs)) {
                return false;
            }
        }
    }

    /** Gives the terminal back; what was shown last stays. Idempotent. */
    @Override
    public void close() throws IOException {
        if (isInPlace()) {
            screen.close();
        }
    }

    private void giveBack() {
        try {
            screen.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int key() {
        return isInPlace() ? screen.terminal().key() : Terminal.NO_KEY;
    }

    private static boolean sleep(long ns) {
        try {
            Thread.sleep(ns / 1_000_000, (int) (ns % 1_000_000));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
