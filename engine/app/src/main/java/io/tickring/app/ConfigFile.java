package io.tickring.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A file of properties in UTF-8, in which no key comes twice. */
final class ConfigFile {
    private ConfigFile() {}

    /**
     * All keys with their values, in the file's order.
     *
     * @throws WrongUseException naming the file and what is wrong with it
     */
    static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Reader text = Files.newBufferedReader(file)) {
            new Once(settings, file).load(text);
            return settings;
        } catch (NoSuchFileException e) {
            throw new WrongUseException("config=" + file + " cannot be read: no such file", e);
        } catch (IOException e) {
            String cause = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
            throw new WrongUseException("config=" + file + " cannot be read: " + cause, e);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("config=" + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Properties know no order and let the last of two keys win in silence. */
    private static final class Once extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> settings;
        private final transient Path file;

        Once(Map<String, String> settings, Path file) {
            this.settings = settings;
            this.file = file;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (settings.put((String) key, ((String) value).stripTrailing()) != null) {
                throw new WrongUseException("config=" + file + " has the key '" + key + "' twice: say it once");
            }
            return null;
        }
    }
}
