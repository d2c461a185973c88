package io.tickring.app;

import io.tickring.engine.feed.CsvContext;
import io.tickring.engine.feed.CsvField;
import io.tickring.engine.feed.CsvTimeUnit;
import io.tickring.engine.tick.Nearest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * What stands behind {@code csv:} on the command line: a path and, behind its last {@code ?} where a {@code =} follows, a query of
 * {@code KEY=VALUE} with {@code &} between, values percent-encoded where need be. A path that itself holds both is followed by a
 * query that says nothing new: {@code a?b=c.csv?header=yes}.
 */
record CsvArguments(String path, CsvContext context) {
    private static final String TIME_UNIT = "time-unit";
    private static final String SEPARATOR = "sep";
    private static final String HEADER = "header";
    private static final String INSTRUMENT = "instrument";
    private static final List<String> TIME_UNITS = List.of("ns", "us", "ms", "s", "iso");
    private static final Set<CsvField> TOLD_BY_HEADERS = EnumSet.of(CsvField.TYPE, CsvField.ACTION);
    private static final List<CsvField> FIELDS = Stream.of(CsvField.values())
            .filter(field -> !TOLD_BY_HEADERS.contains(field))
            .toList();
    private static final List<String> KEYS = keys();

    /** @throws TypeConversionException naming the argument that is wrong, and what it may be. */
    static CsvArguments parse(String text) {
        int mark = text.lastIndexOf('?');
        boolean hasQuery = mark >= 0 && text.indexOf('=', mark) >= 0;
        String path = hasQuery ? text.substring(0, mark) : text;
        if (path.isEmpty()) {
            throw new TypeConversionException(
                    "'csv:" + text + "': the path is missing, as in csv:PATH[?KEY=VALUE&...]; - is standard input");
        }
        CsvContext context = hasQuery ? context(text.substring(mark + 1)) : new CsvContext();
        return new CsvArguments(path, context);
    }

    private static CsvContext context(String query) {
        CsvContext context = new CsvContext();
        Set<String> given = new HashSet<>();
        for (String each : query.split("&", -1)) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw wrong(
                        each,
                        "there is no '" + key + "', did you mean '" + Nearest.of(key, KEYS) + "'? Keys are "
                                + String.join(", ", KEYS));
            }
            if (equals < 0 || equals == each.length() - 1) {
                throw wrong(each, "a value is missing, as in " + key + "=VALUE");
            }
            if (!given.add(key)) {
                throw wrong(each, "it is given twice");
            }
            set(context, each, key, decoded(each, each.substring(equals + 1)));
        }
        try {
            return context.conclude();
        } catch (IllegalArgumentException e) {
            throw wrong(query, e.getMessage());
        }
    }

    private static void set(CsvContext context, String each, String key, String value) {
        switch (key) {
            case TIME_UNIT -> context.timeUnit(timeUnit(each, value));
            case SEPARATOR -> context.separator(separator(each, value));
            case HEADER -> context.header(isYes(each, value));
            case INSTRUMENT -> context.instrument(value);
            default ->
                FIELDS.stream().filter(field -> field.key().equals(key)).forEach(field -> context.column(field, value));
        }
    }

    private static CsvTimeUnit timeUnit(String each, String value) {
        return Stream.of(CsvTimeUnit.values())
                .filter(unit -> TIME_UNITS.contains(value) && unit.key().equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(each, "it must be one of " + String.join(", ", TIME_UNITS)));
    }

    private static char separator(String each, String value) {
        if (value.equals("tab") || value.equals("\\t")) {
            return '\t';
        }
        if (value.length() != 1) {
            throw wrong(each, "it must be one character, or tab; %26 is &");
        }
        return value.charAt(0);
    }

    private static boolean isYes(String each, String value) {
        if (!value.equals("yes") && !value.equals("no")) {
            throw wrong(each, "it must be yes or no");
        }
        return value.equals("yes");
    }

    /** Design note: the JDK's decoder is one of forms, for which a plus is a blank. */
    private static String decoded(String each, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong(each, "a % must be followed by two hexadecimal digits; %25 is % itself");
        }
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(FIELDS.stream().map(CsvField::key).toList());
        keys.add(1, TIME_UNIT);
        keys.addAll(List.of(SEPARATOR, HEADER, INSTRUMENT));
        return List.copyOf(keys);
    }

    private static TypeConversionException wrong(String each, String why) {
        return new TypeConversionException("csv argument '" + each + "': " + why);
    }
}
