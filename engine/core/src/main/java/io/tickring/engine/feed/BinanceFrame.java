package io.tickring.engine.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Reads one frame of a Binance stream at a time: {@code {"stream":…,"data":{…}}} in any order, or the data object alone. One
 * thread; allocates nothing for a frame that is well-formed and holds no new field name.
 *
 * <p>Design note: the non-blocking parser is the one of jackson-core that can be given line after line; a blocking one would
 * have to be made anew for each.
 */
final class BinanceFrame {
    /** What the bytes are. */
    enum Outcome {
        /** Exactly one whole JSON object. */
        OBJECT,
        /** The beginning of one, or nothing. */
        INCOMPLETE,
        MALFORMED
    }

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
    private static final int MAX_NUMBER_LENGTH = 1 << 24;
    private static final int NAME_SLOTS = 256;
    private static final int MAX_NEW_NAMES = 10_000;

    private static final JsonFactory PARSERS = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final BinanceFields raw = new BinanceFields();
    private final BinanceFields data = new BinanceFields();
    private final String[] names = new String[NAME_SLOTS];
    private int newNames;
    private BinanceEvent stream;
    private boolean hasData;
    private boolean dataIsObject;
    private JsonParser parser;
    private ByteArrayFeeder feeder;

    BinanceFrame() {
        renewParser();
    }

    /** Reads the frame that lies in {@code buffer} from {@code start} to {@code end}. */
    Outcome parse(byte[] buffer, int start, int end) {
        Outcome outcome;
        try {
            feeder.feedInput(buffer, start, end);
            outcome = readFrame(buffer, end);
        } catch (JsonProcessingException malformed) {
            outcome = Outcome.MALFORMED;
        } catch (IOException impossible) {
            throw new IllegalStateException("the parser was fed before it was done", impossible);
        }
        if (outcome != Outcome.OBJECT || newNames > MAX_NEW_NAMES) {
            renewParser();
        }
        return outcome;
    }

    /** What the frame that was read last is: a BOOK_TICKER, a TRADE or OTHER. */
    BinanceEvent event() {
        if (hasData && !dataIsObject) {
            return BinanceEvent.OTHER;
        }
        BinanceEvent event = fields().event();
        if (event == BinanceEvent.ABSENT && hasData) {
            event = stream;
        }
        if (event == BinanceEvent.ABSENT) {
            event = fields().isQuoteShaped() ? BinanceEvent.BOOK_TICKER : BinanceEvent.OTHER;
        }
        return event;
    }

    /** The fields of the frame that was read last. */
    BinanceFields fields() {
        return dataIsObject ? data : raw;
    }

    private Outcome readFrame(byte[] buffer, int end) throws IOException {
        raw.clear();
        stream = BinanceEvent.ABSENT;
        hasData = false;
        dataIsObject = false;
        JsonToken token = parser.nextToken();
        if (token == JsonToken.NOT_AVAILABLE) {
            return Outcome.INCOMPLETE;
        }
        if (token != JsonToken.START_OBJECT) {
            return Outcome.MALFORMED;
        }
        if (!readTop()) {
            return Outcome.INCOMPLETE;
        }
        return isBlank(buffer, end - parser.releaseBuffered(NOWHERE), end)
                        && parser.nextToken() == JsonToken.NOT_AVAILABLE
                ? Outcome.OBJECT
                : Outcome.MALFORMED;
    }

    /** What is left behind the object: the parser alone would take the beginning of another value there for nothing. */
    private static boolean isBlank(byte[] buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** False when the bytes end within the object; so do all methods below. */
    private boolean readTop() throws IOException {
        JsonToken token;
        while ((token = parser.nextToken()) == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            token = parser.nextToken();
            if (name.equals("data")) {
                hasData = token != JsonToken.VALUE_NULL;
                dataIsObject = token == JsonToken.START_OBJECT;
                if (dataIsObject ? !readData() : !skip(token)) {
                    return false;
                }
                continue;
            }
            if (name.equals("stream")) {
                stream = streamEvent(token);
            }
            if (!readField(raw, name, token)) {
                return false;
            }
        }
        return token == JsonToken.END_OBJECT;
    }

    private boolean readData() throws IOException {
        data.clear();
        JsonToken token;
        while ((token = parser.nextToken()) == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!readField(data, name, parser.nextToken())) {
                return false;
            }
        }
        return token == JsonToken.END_OBJECT;
    }

    private boolean readField(BinanceFields fields, String name, JsonToken token) throws IOException {
        noteName(name);
        if (token != JsonToken.NOT_AVAILABLE) {
            fields.put(name, token, parser);
        }
        return skip(token);
    }

    private boolean skip(JsonToken first) throws IOException {
        JsonToken token = first;
        int depth = token.isStructStart() ? 1 : 0;
        while (depth > 0 && token != JsonToken.NOT_AVAILABLE) {
            token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                noteName(parser.currentName());
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        return token != JsonToken.NOT_AVAILABLE;
    }

    private BinanceEvent streamEvent(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return BinanceEvent.ofStream(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        return token == JsonToken.VALUE_NULL ? BinanceEvent.ABSENT : BinanceEvent.OTHER;
    }

    /** The parser keeps every name it has met; input that goes on inventing names gets a new parser now and then. */
    private void noteName(String name) {
        int slot = name.hashCode() & NAME_SLOTS - 1;
        if (names[slot] != name) {
            names[slot] = name;
            newNames++;
        }
    }

    private void renewParser() {
        try {
            if (parser != null) {
                parser.close();
            }
            parser = PARSERS.createNonBlockingByteArrayParser();
        } catch (IOException impossible) {
            throw new IllegalStateException("a parser without a source failed", impossible);
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        newNames = 0;
    }
}
