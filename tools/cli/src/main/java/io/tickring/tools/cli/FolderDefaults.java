package io.tickring.tools.cli;

import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The engine's folders out of the environment, where the engine finds them too: {@code TICKRING_DATA}, {@code TICKRING_LIVE}. */
final class FolderDefaults implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES = Map.of("--data", "TICKRING_DATA", "--live", "TICKRING_LIVE");

    private final Map<String, String> environment;

    FolderDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Null for what the environment does not say: then the flag's own default holds. */
    @Override
    public String defaultValue(ArgSpec argument) {
        String variable = argument instanceof OptionSpec option ? VARIABLES.get(option.longestName()) : null;
        String value = variable == null ? "" : environment.getOrDefault(variable, "");
        return value.isEmpty() ? null : value;
    }
}
