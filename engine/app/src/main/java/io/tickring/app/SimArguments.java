package io.tickring.app;

import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;

/**
 * What stands behind {@code sim:} on the command line.
 *
 * @param ticksPerSecond infinity for as fast as possible
 */
record SimArguments(int symbols, double ticksPerSecond, long seed) {
    static final int MAX_SYMBOLS = 1_000_000;

    private static final String DEFAULTS = "symbols=64,rate=20k,seed=1";

    /** @throws TypeConversionException naming the argument that is wrong, and what it may be. */
    static SimArguments parse(String text) {
        SimArguments defaults = new SimArguments(64, 20_000, 1);
        return text.isEmpty() ? defaults : defaults.with(text);
    }

    private SimArguments with(String text) {
        SimArguments arguments = this;
        Set<String> given = new HashSet<>();
        for (String each : text.split(",", -1)) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            if (equals < 0 || !given.add(key)) {
                throw wrong(each, equals < 0 ? "a value is missing" : "it is given twice");
            }
            arguments = arguments.with(each, key, each.substring(equals + 1));
        }
        return arguments;
    }

    private SimArguments with(String each, String key, String value) {
        return switch (key) {
            case "symbols" -> new SimArguments((int) count(each, value, MAX_SYMBOLS), ticksPerSecond, seed);
            case "rate" ->
                new SimArguments(
                        symbols,
                        value.equals("max") ? Double.POSITIVE_INFINITY : count(each, value, 1_000_000_000),
                        seed);
            case "seed" -> new SimArguments(symbols, ticksPerSecond, seed(each, value));
            default -> throw wrong(each, "there is no '" + key + "'");
        };
    }

    private static long count(String each, String value, long max) {
        long count;
        try {
            count = CountConverter.parse(value);
        } catch (TypeConversionException e) {
            throw wrong(each, e.getMessage());
        }
        if (count < 1 || count > max) {
            throw wrong(each, "it must be from 1 to " + max);
        }
        return count;
    }

    private static long seed(String each, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong(each, "it must be a number of 64 bits");
        }
    }

    private static TypeConversionException wrong(String each, String why) {
        return new TypeConversionException("sim argument '" + each + "': " + why + "; arguments are " + DEFAULTS
                + " (rate=max for as fast as possible)");
    }
}
