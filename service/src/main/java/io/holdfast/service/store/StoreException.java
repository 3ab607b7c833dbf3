package io.holdfast.service.store;

import java.nio.file.Path;

/// The store cannot do what it was asked; says what to mend. Nothing was written.
public final class StoreException extends Exception {
    private final boolean passing;
    private final boolean inUse;

    /// @param passing whether the same request can succeed later: the disk is full or faulty, and
    ///   not the request
    StoreException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.inUse = false;
    }

    StoreException(String message) {
        this(message, false);
    }

    private StoreException(String message, boolean inUse) {
        super(message);
        this.passing = false;
        this.inUse = inUse;
    }

    static StoreException inUse(Path folder) {
        return new StoreException(
                "the data folder "
                        + folder
                        + " is in use by another holdfast process; stop that one, or name"
                        + " another folder with --data",
                true);
    }

    /// Whether another process holds the data folder; it may let go of it soon.
    public boolean isInUse() {
        return inUse;
    }

    public boolean isPassing() {
        return passing;
    }
}
