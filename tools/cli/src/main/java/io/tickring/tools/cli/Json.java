package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.journaling.JournalGap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** JSON that leaves its stream open: more may follow. */
final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().build().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private Json() {}

    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** A field {@code gaps}: an array of objects with from, to and cause. */
    static void writeGaps(JsonGenerator generator, List<JournalGap> gaps) throws IOException {
        generator.writeArrayFieldStart("gaps");
        for (JournalGap gap : gaps) {
            generator.writeStartObject();
            generator.writeNumberField("from", gap.from());
            generator.writeNumberField("to", gap.to());
            generator.writeStringField("cause", gap.cause().name());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    /** A field that is null when the value is not known. */
    static void writeField(JsonGenerator generator, String name, String value) throws IOException {
        if (value == null) {
            generator.writeNullField(name);
        } else {
            generator.writeStringField(name, value);
        }
    }
}
