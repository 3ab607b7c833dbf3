package io.holdfast.service.store;

/// The database holds a commit that nobody here knows: one that could not be confirmed when it was
/// made, and was taken for failed. What is in memory is not what is on disk; only a start makes it
/// so again.
public final class StoreAheadException extends RuntimeException {
    StoreAheadException(String folder, long there, long known) {
        super(
                folder
                        + " holds commit "
                        + there
                        + ", but the last one that was confirmed is "
                        + known);
    }
}
