package io.holdfast.service.store;

/// The store cannot do what it was asked; says what to mend. Nothing was written.
public final class StoreException extends Exception {
    private final boolean passing;

    /// @param passing whether the same request can succeed later: the disk is full or faulty, and
    ///   not the request
    StoreException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    StoreException(String message) {
        super(message);
        this.passing = false;
    }

    public boolean isPassing() {
        return passing;
    }
}
