package io.tickring.tools.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An earlier session, as {@link SessionJson} has written it: what a comparison needs of it.
 *
 * @param rows by bench and peer
 */
record Baseline(String machine, Map<Key, Row> rows) {
    /** A peer of a bench, by their names. */
    record Key(String bench, String peer) {}

    /** The ratio of the bench's first peer to this one: its median, and how far that may be off. */
    record Row(double ratio, double noise, boolean oversubscribed) {}

    /** Names of the benches in it. */
    Set<String> benches() {
        return rows.keySet().stream().map(Key::bench).collect(Collectors.toSet());
    }

    /** @throws IOException if it cannot be read, or is no session of this format; the message says why */
    static Baseline read(Path file) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            return new Reader(json).session();
        }
    }

    /** Reads by name and passes over what it does not know. */
    private static final class Reader {
        private final JsonParser json;
        private final Map<Key, Row> rows = new LinkedHashMap<>();
        private String machine = "";
        private int format;

        Reader(JsonParser json) {
            this.json = json;
        }

        Baseline session() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "tickringBench" -> format = json.getIntValue();
                    case "machine" -> machine = json.getText();
                    case "benches" -> benches();
                    default -> json.skipChildren();
                }
            }
            if (format != SessionJson.FORMAT) {
                throw new IOException("tickringBench=" + format + ": it is no file that --json wrote");
            }
            return new Baseline(machine, rows);
        }

        private void benches() throws IOException {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String bench = "";
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    switch (name) {
                        case "name" -> bench = json.getText();
                        case "peers" -> peers(bench);
                        default -> json.skipChildren();
                    }
                }
            }
        }

        private void peers(String bench) throws IOException {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String peer = "";
                boolean oversubscribed = false;
                double[] ratio = {};
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    switch (name) {
                        case "name" -> peer = json.getText();
                        case "oversubscribed" -> oversubscribed = json.getBooleanValue();
                        case "firstPerThis" -> ratio = ratio();
                        default -> json.skipChildren();
                    }
                }
                if (ratio.length == 0) {
                    throw new IOException("bench=" + bench + " peer=" + peer + " has no firstPerThis");
                }
                rows.put(new Key(bench, peer), new Row(ratio[0], ratio[1], oversubscribed));
            }
        }

        private double[] ratio() throws IOException {
            double[] ratio = {Double.NaN, Double.NaN};
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "median" -> ratio[0] = json.getDoubleValue();
                    case "noise" -> ratio[1] = json.getDoubleValue();
                    default -> json.skipChildren();
                }
            }
            return ratio;
        }
    }
}
