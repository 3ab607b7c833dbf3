package io.holdfast.cli.trial;

/// Something an act must see was not there.
final class NotSeenException extends RuntimeException {
    NotSeenException(String what) {
        super(what);
    }
}
