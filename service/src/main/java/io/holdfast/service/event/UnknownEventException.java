package io.holdfast.service.event;

/// The log holds an event that only a newer Holdfast knows. What comes after it must not be applied
/// either.
public final class UnknownEventException extends Exception {
    UnknownEventException(int kind) {
        super(
                "an event of kind "
                        + kind
                        + " was written by a newer Holdfast; use that one, or a newer still");
    }
}
