package io.holdfast.service;

/// The service cannot start here and now: a port is in use, the data folder cannot be used. The
/// message names which, and the mend.
public final class CannotStartException extends Exception {
    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
