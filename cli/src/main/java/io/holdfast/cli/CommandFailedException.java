package io.holdfast.cli;

/// What was asked for could not be done; the message tells a person what, why, and what to do next.
/// Ends the command with exit code 1.
public final class CommandFailedException extends Exception {
    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
