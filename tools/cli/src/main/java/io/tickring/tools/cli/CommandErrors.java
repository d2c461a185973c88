package io.tickring.tools.cli;

import io.tickring.app.OneLineErrors;
import io.tickring.journal.JournalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns whatever ends a command into an exit code and one line on stderr, or none where nobody is to blame. */
final class CommandErrors {
    private final Console console;

    CommandErrors(Console console) {
        this.console = console;
    }

    /** A command line that is not understood. */
    int onParameters(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        console.say(OneLineErrors.line(OneLineErrors.message(e)) + "; try "
                + command.getCommandSpec().qualifiedName() + " --help");
        return ToolsCommand.WRONG_USE;
    }

    /** A command that ended by a throw. */
    int onExecution(Exception e) {
        if (e instanceof Console.ReaderGoneException) {
            return ToolsCommand.WELL;
        }
        console.say(OneLineErrors.line(oneLine(e)));
        if (e instanceof CommandException known) {
            return known.exitCode();
        }
        return e instanceof JournalException journal && isWrongUse(journal)
                ? ToolsCommand.WRONG_USE
                : ToolsCommand.FAILED;
    }

    /** What a failure says, in one line and without Java's names where it speaks for itself. */
    static String oneLine(Throwable e) {
        String message = e.getMessage();
        if (e instanceof NoSuchFileException) {
            message = "file=" + message + ": no such file or folder";
        } else if (e instanceof AccessDeniedException) {
            message = "file=" + message + ": no permission";
        } else if (e instanceof FileSystemException file && file.getReason() != null) {
            message = "file=" + file.getFile() + ": " + file.getReason();
        } else if (message == null || !(e instanceof IOException || isOurs(e))) {
            message = e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        }
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static boolean isOurs(Throwable e) {
        return e.getClass().getName().startsWith("io.tickring.");
    }

    private static boolean isWrongUse(JournalException e) {
        return e.reason() == JournalException.Reason.NO_JOURNAL;
    }
}
