package io.tickring.tools.cli;

/** Ends a command with one line for people and an exit code. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What was asked for cannot be done, whatever the data. */
    static CommandException wrongUse(String message) {
        return new CommandException(ToolsCommand.WRONG_USE, message);
    }

    /** The work was begun and failed. */
    static CommandException failed(String message) {
        return new CommandException(ToolsCommand.FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
