package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON value of a tool's output: the whole text must be exactly that. */
public record JsonText(Object value) {
    public static JsonText parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            JsonText parsed = new JsonText(read(parser));
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one value: " + text);
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    public JsonText field(String name) {
        Map<?, ?> object = (Map<?, ?>) value;
        if (!object.containsKey(name)) {
            throw new AssertionError("no field " + name + " in " + object);
        }
        return new JsonText(object.get(name));
    }

    public List<JsonText> elements() {
        return ((List<?>) value).stream().map(JsonText::new).toList();
    }

    /** An integer: a fraction or a string is an error. */
    public long integer(String name) {
        return (Long) field(name).value();
    }

    public String text(String name) {
        return (String) field(name).value();
    }

    /** The names of an object, in their order. */
    public List<String> names() {
        return ((Map<?, ?>) value).keySet().stream().map(String.class::cast).toList();
    }

    private static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, read(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
