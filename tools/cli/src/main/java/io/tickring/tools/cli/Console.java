package io.tickring.tools.cli;

import io.tickring.app.view.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command writes: {@code data} (stdout) takes what was asked for and nothing else, {@code talk} (stderr) all
 * the rest.
 *
 * @param dataIsTerminal whether a person reads stdout as it is written
 * @param talkIsTerminal whether a progress bar on stderr has a reader
 */
record Console(OutputStream data, PrintStream talk, boolean dataIsTerminal, boolean talkIsTerminal) {
    /** The reader of stdout has gone: nobody wants the rest. */
    static final class ReaderGoneException extends IOException {
        private static final long serialVersionUID = 1L;

        ReaderGoneException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** This process's own streams. {@link System#out} is not used: it hides its errors. */
    static Console system() {
        return new Console(
                new DataOutput(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Terminal.isBehind(1),
                Terminal.isBehind(2));
    }

    void say(String line) {
        talk.println(line);
    }

    /** Writes one line of text to stdout. */
    void print(String line) throws IOException {
        data.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes lines of text to stdout. */
    void print(List<String> lines) throws IOException {
        for (String line : lines) {
            print(line);
        }
    }

    /** Stdout, buffered, that tells a reader who has gone from a failure. */
    static final class DataOutput extends OutputStream {
        private static final int CAPACITY = 64 * 1024;

        private final OutputStream target;
        private final byte[] buffer = new byte[CAPACITY];
        private int length;

        DataOutput(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            if (length == CAPACITY) {
                flush();
            }
            buffer[length++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (count > CAPACITY - length) {
                flush();
            }
            if (count > CAPACITY) {
                send(bytes, offset, count);
            } else {
                System.arraycopy(bytes, offset, buffer, length, count);
                length += count;
            }
        }

        @Override
        public void flush() throws IOException {
            int pending = length;
            length = 0;
            send(buffer, 0, pending);
        }

        private void send(byte[] bytes, int offset, int count) throws IOException {
            try {
                if (count > 0) {
                    target.write(bytes, offset, count);
                }
            } catch (IOException e) {
                throw "Broken pipe".equals(e.getMessage())
                        ? new ReaderGoneException(e)
                        : new IOException("standard output cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
