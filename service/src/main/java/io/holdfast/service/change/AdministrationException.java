package io.holdfast.service.change;

import java.util.List;

/// What the operator asked for was not done; nothing was changed.
public final class AdministrationException extends Exception {
    public enum Kind {
        /// Something in the request cannot be: a name that is none, a TTL out of bounds.
        INVALID,
        /// No such account, host or zone.
        UNKNOWN,
        /// It stands in the way of something that is there.
        CONFLICT,
        /// The store failed, or the service is stopping; the same request may succeed later.
        UNAVAILABLE
    }

    private final Kind kind;
    private final List<String> faults;

    public AdministrationException(Kind kind, String message) {
        this(kind, List.of(message));
    }

    /// @param faults at least one, each a line for people: what is wrong, and the mend
    public AdministrationException(Kind kind, List<String> faults) {
        super(String.join("\n", faults));
        this.kind = kind;
        this.faults = List.copyOf(faults);
    }

    static AdministrationException invalid(String message) {
        return new AdministrationException(Kind.INVALID, message);
    }

    static AdministrationException unknown(String message) {
        return new AdministrationException(Kind.UNKNOWN, message);
    }

    static AdministrationException conflict(String message) {
        return new AdministrationException(Kind.CONFLICT, message);
    }

    public Kind kind() {
        return kind;
    }

    /// Every fault found.
    public List<String> faults() {
        return faults;
    }
}
