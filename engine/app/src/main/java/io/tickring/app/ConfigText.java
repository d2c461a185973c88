package io.tickring.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** All settings of a run as a file for {@code --config}, above each a comment that says where it comes from. */
final class ConfigText {
    private static final String DEFAULT = "default";

    private ConfigText() {}

    /** @param parsed the whole command line, with what came from elsewhere */
    static List<String> lines(Settings settings, ParseResult parsed) {
        List<String> lines = new ArrayList<>();
        settings.flags().forEach((flag, option) -> {
            OptionSpec matched = parsed.matchedOption("--" + flag);
            String origin = settings.origin(flag);
            if (matched != null) {
                lines.add("# " + (origin == null ? matched.longestName() : origin));
                lines.add(flag + "=" + value(matched));
            } else if (origin != null || option.typeInfo().isBoolean()) {
                lines.add("# " + (origin == null ? DEFAULT : origin));
                lines.add(flag + "=false");
            } else {
                lines.add("# " + DEFAULT);
                lines.add(
                        option.defaultValue() == null ? "#" + flag + "=" : flag + "=" + escaped(option.defaultValue()));
            }
        });
        return lines;
    }

    private static String value(OptionSpec option) {
        if (option.typeInfo().isBoolean()) {
            return Boolean.toString(option.getValue());
        }
        return option.originalStringValues().stream()
                .map(word -> option.isMultiValue() && word.matches(".*\\s.*") ? '"' + word + '"' : word)
                .map(ConfigText::escaped)
                .collect(Collectors.joining(" "));
    }

    private static String escaped(String value) {
        String text = value.replace("\\", "\\\\");
        return text.startsWith(" ") ? "\\" + text : text;
    }
}
