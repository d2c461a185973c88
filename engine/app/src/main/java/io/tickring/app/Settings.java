package io.tickring.app;

import io.tickring.engine.tick.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The flags of a run with where each comes from: the command line, else the environment ({@code TICKRING_RING} for
 * {@code --ring}), else a file of properties ({@code ring}), else the default. Each value from outside the command line is tried
 * by itself, so that an error names its source.
 */
final class Settings {
    static final String CONFIG = "--config";
    static final String PRINT_CONFIG = "--print-config";
    static final String COMPLETION = "--completion";

    private static final String PREFIX = "TICKRING_";
    private static final int NEAR = 2;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** A value from outside the command line. */
    private record Value(String text, String origin) {}

    private final Supplier<CommandLine> commandLines;
    private final List<String> given;
    /** Made when first asked for: making a command line takes time at a start. */
    private final Map<String, OptionSpec> flags = new LinkedHashMap<>();

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private Settings(Supplier<CommandLine> commandLines, String... given) {
        this.commandLines = commandLines;
        this.given = List.of(given);
    }

    /**
     * @param commandLines makes a command line of these flags, anew each time
     * @param arguments the command line as given; where it is wrong or asks for help, it stands alone
     * @throws WrongUseException naming the variable, or the file and its key, that cannot be
     */
    static Settings of(Supplier<CommandLine> commandLines, Map<String, String> environment, String... arguments) {
        Settings settings = new Settings(commandLines, arguments);
        boolean standsAlone = settings.given.stream().noneMatch(Settings::isConfig)
                && environment.keySet().stream().noneMatch(name -> name.startsWith(PREFIX));
        if (standsAlone) {
            return settings;
        }
        try {
            ParseResult parsed = commandLines.get().parseArgs(arguments);
            boolean isAsking = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
            if (!isAsking && settings.given.stream().filter(Settings::isConfig).count() <= 1) {
                settings.take(parsed, environment);
            }
        } catch (ParameterException toldWhenItIsExecuted) {
            return settings;
        }
        return settings;
    }

    /** The whole command line: as given, and what it does not say from elsewhere. */
    String[] arguments() {
        List<String> all = new ArrayList<>(given);
        values.forEach((flag, value) -> all.addAll(arguments(flag, value.text())));
        return all.toArray(String[]::new);
    }

    /** What is not taken, and probably meant: lines for people. */
    List<String> warnings() {
        return warnings;
    }

    /** The settings by name, in the order of the help text. */
    Map<String, OptionSpec> flags() {
        if (flags.isEmpty()) {
            for (OptionSpec option : commandLines.get().getCommandSpec().options()) {
                if (isSetting(option)) {
                    flags.put(option.longestName().substring(2), option);
                }
            }
        }
        return flags;
    }

    /** Where a setting of {@link #flags} comes from, where it does not come from the command line; else null. */
    String origin(String flag) {
        Value value = values.get(flag);
        return value == null ? null : value.origin();
    }

    private void take(ParseResult parsed, Map<String, String> environment) {
        environment.forEach((name, text) -> {
            if (name.startsWith(PREFIX) && !text.isEmpty()) {
                takeVariable(parsed, name, text);
            }
        });
        String variable = environment.getOrDefault(variable(CONFIG.substring(2)), "");
        Path file = parsed.matchedOptionValue(CONFIG, variable.isEmpty() ? null : Path.of(variable));
        if (file != null) {
            ConfigFile.read(file).forEach((key, text) -> takeKey(parsed, file, key, text));
        }
    }

    private void takeVariable(ParseResult parsed, String name, String text) {
        String flag = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        if (flags().containsKey(flag)) {
            put(parsed, flag, text, name);
            return;
        }
        // Not an error: whoever runs programs may set variables of this prefix for ends of his own.
        String nearest = Nearest.of(flag, flags().keySet());
        if (Nearest.distance(flag, nearest) <= NEAR) {
            warnings.add(name + " is no setting and is not taken, did you mean " + variable(nearest) + "?");
        }
    }

    private void takeKey(ParseResult parsed, Path file, String key, String text) {
        if (!flags().containsKey(key)) {
            throw new WrongUseException("config=" + file + " has the unknown key '" + key + "', did you mean '"
                    + Nearest.of(key, flags().keySet()) + "'? Keys are flags without their dashes, see --help");
        }
        put(parsed, key, text, file.toString());
    }

    private void put(ParseResult parsed, String flag, String text, String origin) {
        try {
            commandLines.get().parseArgs(arguments(flag, text).toArray(String[]::new));
        } catch (ParameterException e) {
            throw new WrongUseException(origin + ": " + OneLineErrors.message(e), e);
        }
        if (!parsed.hasMatchedOption("--" + flag)) {
            values.putIfAbsent(flag, new Value(text, origin));
        }
    }

    private List<String> arguments(String flag, String text) {
        OptionSpec option = flags().get(flag);
        String name = "--" + flag;
        if (option.typeInfo().isBoolean()) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new ParameterException(commandLines.get(), name + ": '" + text + "' is neither true nor false");
            }
            return text.equals("true") ? List.of(name) : List.of();
        }
        if (!option.isMultiValue()) {
            return List.of(name + "=" + text);
        }
        List<String> arguments = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            arguments.add(name + "=" + (word.group(1) != null ? word.group(1) : word.group(2)));
        }
        if (arguments.isEmpty()) {
            throw new ParameterException(commandLines.get(), name + ": '" + text + "' is empty");
        }
        return arguments;
    }

    private static boolean isConfig(String word) {
        return word.equals(CONFIG) || word.startsWith(CONFIG + "=");
    }

    private static boolean isSetting(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && !List.of(CONFIG, PRINT_CONFIG, COMPLETION).contains(option.longestName());
    }

    private static String variable(String flag) {
        return PREFIX + flag.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
