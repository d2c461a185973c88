package io.tickring.engine.feed;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** One open recording: its path, its lines and the number of the current one. Gzip and zstd are told by the first bytes. One thread. */
final class RecordingInput {
    /** The longest line that is read, in bytes: 16 MiB. */
    static final int MAX_LINE_LENGTH = 16 << 20;

    private static final String STANDARD_INPUT = "-";

    private final String path;
    private final WaitingInput source;
    private LineReader lines;
    private InputStream bytes;
    private long line;

    private RecordingInput(String path, WaitingInput source) {
        this.path = path;
        this.source = source;
        this.bytes = source;
    }

    /** Opens a file, or takes {@code standardInput} for {@code -}. */
    static RecordingInput open(String path, InputStream standardInput) throws IOException {
        boolean isFile = !path.equals(STANDARD_INPUT);
        return new RecordingInput(path, new WaitingInput(isFile ? openFile(path) : standardInput, isFile));
    }

    /**
     * Opens the file, takes a byte and lets it go; nothing of a pipe, of which that would be a part of the data.
     *
     * @throws IOException naming the path and why it cannot be read.
     */
    static void check(String path) throws IOException {
        if (path.equals(STANDARD_INPUT) || isPipe(path) && new File(path).canRead()) {
            return;
        }
        try (InputStream bytes = openFile(path)) {
            bytes.read();
        } catch (FileNotFoundException clear) {
            throw clear;
        } catch (IOException failure) {
            throw new IOException(message(path, failure.getMessage()), failure);
        }
    }

    /** Whether what can be read here can be read again from its beginning. */
    static boolean isFile(String path) {
        return !path.equals(STANDARD_INPUT) && !isPipe(path);
    }

    private static boolean isPipe(String path) {
        File file = new File(path);
        return file.exists() && !file.isFile() && !file.isDirectory();
    }

    String path() {
        return path;
    }

    /** The number of the current line, from 1. */
    long line() {
        return line;
    }

    LineReader lines() {
        return lines;
    }

    /** Moves to the next line; {@code output}, where there is one yet, is flushed before a wait. */
    LineReader.Found next(FeedOutput output) throws IOException {
        source.flushTo(output);
        if (lines == null) {
            lines = new LineReader(unpacked(), MAX_LINE_LENGTH);
        }
        line++;
        return lines.next();
    }

    boolean isStopped() {
        return source.isStopped();
    }

    void close() throws IOException {
        bytes.close();
    }

    /** Told by content: gzip, zstd or plain. */
    private InputStream unpacked() throws IOException {
        PushbackInputStream packed = new PushbackInputStream(source, ZstdInput.MAGIC_LENGTH);
        byte[] magic = new byte[ZstdInput.MAGIC_LENGTH];
        packed.unread(magic, 0, packed.readNBytes(magic, 0, magic.length));
        bytes = packed;
        if (GzipInput.isMagic(magic[0], magic[1])) {
            bytes = new GzipInput(packed);
        } else if (ZstdInput.isMagic(magic)) {
            bytes = new ZstdInput(packed);
        }
        return bytes;
    }

    private static InputStream openFile(String path) throws FileNotFoundException {
        try {
            return new FileInputStream(path);
        } catch (FileNotFoundException failure) {
            FileNotFoundException clear = new FileNotFoundException(message(path, cause(path, failure)));
            clear.initCause(failure);
            throw clear;
        }
    }

    private static String cause(String path, FileNotFoundException failure) {
        File file = new File(path);
        if (file.isDirectory()) {
            return "it is a directory";
        }
        if (!file.exists()) {
            return "no such file";
        }
        return file.canRead() ? failure.getMessage() : "permission denied";
    }

    private static String message(String path, String cause) {
        return "cannot read path=" + path + ": " + cause;
    }
}
