package io.tickring.app;

import io.tickring.engine.EngineException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong in one line on standard error: exit code 2 for a wrong use, 1 where the work itself failed. */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String PREFIX = "tickring: ";

    /** Makes a command line that speaks so; output and errors are UTF-8. */
    public static CommandLine install(CommandLine commandLine) {
        OneLineErrors errors = new OneLineErrors();
        return commandLine
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(110);
    }

    /** The one line. */
    public static String line(String message) {
        return PREFIX + message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println(line(message(e) + "; try --help"));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(line(describe(e)));
        return e instanceof WrongUseException
                ? command.getCommandSpec().exitCodeOnInvalidInput()
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What is made for people to read stands for itself; anything else is named. */
    private static String describe(Exception e) {
        boolean isMeantToBeRead = e instanceof WrongUseException || e instanceof EngineException;
        return isMeantToBeRead ? String.valueOf(e.getMessage()) : "failed: " + e;
    }

    /** What is wrong with a command line, in a few words. */
    public static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return message(unmatched);
        }
        if (e.getCause() instanceof TypeConversionException wrong && e.getArgSpec() instanceof OptionSpec option) {
            return option.longestName() + ": " + wrong.getMessage();
        }
        String message = e.getMessage().replaceFirst("^Error: ", "");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String message(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        boolean hasCommands = !e.getCommandLine().getSubcommands().isEmpty();
        String kind = e.isUnknownOption() ? "option" : hasCommands ? "command or argument" : "option or argument";
        List<String> suggestions = e.getSuggestions();
        String meant = (e.isUnknownOption() || hasCommands) && !suggestions.isEmpty()
                ? ", did you mean " + suggestions.get(0) + "?"
                : "";
        return "there is no " + kind + " '" + word + "'" + meant;
    }
}
