package io.tickring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NextStepsTest {
    @Test
    void shouldNameNoFolderWhereTheDefaultHolds() {
        assertThat(steps()).containsExactly("prices", "replay", "verify", "report");
    }

    @Test
    void shouldNameTheFoldersThatAToolNeeds() {
        assertThat(steps("--data", "my data", "--live", "/dev/shm/x"))
                .containsExactly(
                        "prices --data 'my data' --live /dev/shm/x",
                        "replay --data 'my data'",
                        "verify --data 'my data'",
                        "report --data 'my data'");
    }

    @Test
    void shouldOfferNoJournalWhereThereIsNone() {
        assertThat(steps("--no-journal", "--data", "it's"))
                .containsExactly("prices --data 'it'\\''s'", "report --data 'it'\\''s'");
    }

    private static List<String> steps(String... arguments) {
        EngineCommand command = new EngineCommand(new OrderlyEnd());
        new CommandLine(command).parseArgs(arguments);
        return NextSteps.of(command.options()).stream()
                .map(step -> step.replaceFirst("^java -jar \\S*tools/target/tools.jar ", ""))
                .toList();
    }
}
