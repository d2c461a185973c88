package io.tickring.tools.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands for the help text, in groups with an example each. */
final class CommandGroups implements IHelpSectionRenderer {
    /** @param title with the example; {@code commands} by name */
    private record Group(String title, List<String> commands) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "An engine's prices and counters, as: tools.jar prices --symbol 'BTC*'",
                    List.of("prices", "top", "stat")),
            new Group(
                    "What an engine publishes, as it comes, as: tools.jar watch --symbol 'BTC*' --mode latest",
                    List.of("watch")),
            new Group(
                    "A journal, as: tools.jar replay --from 2024-08-08T23:55:00Z --limit 20 --pretty",
                    List.of("replay", "verify", "describe", "recover")),
            new Group(
                    "Figures over a journal, as: tools.jar bars --symbol BTCUSDT --interval 1m --pretty",
                    List.of("bars", "analyze")),
            new Group("Latency, as: tools.jar report --html latency.html", List.of("report")),
            new Group("The shell, as: source <(java -jar tools.jar completion)", List.of("completion")));

    @Override
    public String render(Help help) {
        Map<String, CommandLine> commands = help.commandSpec().subcommands();
        StringBuilder text = new StringBuilder();
        for (Group group : GROUPS) {
            text.append(String.format("%n%s%n", group.title()));
            for (String name : group.commands()) {
                String description =
                        commands.get(name).getCommandSpec().usageMessage().description()[0];
                text.append(String.format("  %-12s%s%n", name, description));
            }
        }
        return text.toString();
    }
}
