package io.tickring.app;

import io.tickring.engine.tick.Nearest;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --feed [NAME=]KIND[:ARG]}, taken apart and not yet opened.
 *
 * @param name null where none was given
 * @param kind {@code sim}, {@code binance}, {@code csv} or {@code journal}
 * @param argument empty where none was given
 */
record FeedSpec(String name, String kind, String argument) {
    static final String SIM = "sim";
    static final String BINANCE = "binance";
    static final String CSV = "csv";
    static final String JOURNAL = "journal";
    static final String STANDARD_INPUT = "-";

    private static final List<String> KINDS = List.of(SIM, BINANCE, CSV, JOURNAL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,30}");

    /** For the command line's parser. */
    static final class Converter implements ITypeConverter<FeedSpec> {
        @Override
        public FeedSpec convert(String text) {
            return parse(text);
        }
    }

    /** @throws TypeConversionException with a message that names what is wrong and what may stand there. */
    static FeedSpec parse(String text) {
        int colon = text.indexOf(':');
        String head = colon < 0 ? text : text.substring(0, colon);
        int equals = head.indexOf('=');
        String name = equals < 0 ? null : head.substring(0, equals);
        String kind = head.substring(equals + 1);
        if (name != null && !NAME.matcher(name).matches()) {
            throw new TypeConversionException(
                    "'" + text + "': the name '" + name + "' must be 1 to 30 letters, digits, '_' and '-'");
        }
        if (!KINDS.contains(kind)) {
            throw new TypeConversionException("'" + text + "': there is no kind '" + kind + "', did you mean '"
                    + Nearest.of(kind, KINDS) + "'? Kinds are " + String.join(", ", KINDS));
        }
        FeedSpec spec = new FeedSpec(name, kind, colon < 0 ? "" : text.substring(colon + 1));
        spec.checkArgument(text);
        return spec;
    }

    /** As it stood on the command line. */
    String text() {
        return (name == null ? "" : name + "=") + kind + (argument.isEmpty() ? "" : ":" + argument);
    }

    /** What is put after each symbol of the feed. */
    String suffix() {
        return name == null ? "" : "." + name;
    }

    /** The files that a {@code binance} or {@code csv} feed reads; none of the others. */
    List<String> paths() {
        return switch (kind) {
            case BINANCE -> List.of(argument.split(",", -1));
            case CSV -> List.of(CsvArguments.parse(argument).path());
            default -> List.of();
        };
    }

    boolean readsStandardInput() {
        return paths().contains(STANDARD_INPUT);
    }

    private void checkArgument(String text) {
        if (kind.equals(SIM)) {
            SimArguments.parse(argument);
        } else if (kind.equals(CSV)) {
            CsvArguments.parse(argument);
        } else if (kind.equals(BINANCE) && paths().contains("")) {
            throw new TypeConversionException(
                    "'" + text + "': a path is missing, as in binance:PATH[,PATH...]; - is standard input");
        } else if (kind.equals(JOURNAL) && argument.isEmpty()) {
            throw new TypeConversionException("'" + text + "': the folder is missing, as in journal:DIR");
        }
    }
}
