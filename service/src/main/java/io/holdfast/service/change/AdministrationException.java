package io.holdfast.service.change;

import io.holdfast.dns.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<Name, List<String>> faultsByZone;

    public AdministrationException(Kind kind, String message) {
        this(kind, List.of(message));
    }

    /// @param faults at least one, each a line for people: what is wrong, and the mend
    public AdministrationException(Kind kind, List<String> faults) {
        this(kind, faults, Map.of());
    }

    /// @param faultsByZone at least one: what is wrong with each of several zones, and the mend
    AdministrationException(Kind kind, Map<Name, List<String>> faultsByZone) {
        this(kind, faultsByZone.values().stream().flatMap(List::stream).toList(), faultsByZone);
    }

    private AdministrationException(
            Kind kind, List<String> faults, Map<Name, List<String>> faultsByZone) {
        super(String.join("\n", faults));
        this.kind = kind;
        this.faults = List.copyOf(faults);
        this.faultsByZone = Collections.unmodifiableMap(new LinkedHashMap<>(faultsByZone));
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

    /// The same faults by the zone whose declaration they stand in the way of; empty if they are
    /// not about declarations.
    public Map<Name, List<String>> faultsByZone() {
        return faultsByZone;
    }
}
