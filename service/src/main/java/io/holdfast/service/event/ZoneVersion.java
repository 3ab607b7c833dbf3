package io.holdfast.service.event;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneDelta;

/// The step from one version of a zone to the next, in the form in which it is kept.
public final class ZoneVersion {
    private final Name apex;
    private final int from;
    private final int to;
    private final byte[] octets;

    public ZoneVersion(Name apex, ZoneDelta delta) {
        this(apex, delta, delta.toOctets());
    }

    private ZoneVersion(Name apex, ZoneDelta delta, byte[] octets) {
        this.apex = apex;
        this.from = delta.from();
        this.to = delta.to();
        this.octets = octets;
    }

    /// Takes what [#octets] gave.
    ///
    /// @throws IllegalArgumentException or BufferUnderflowException for anything else
    public static ZoneVersion ofStored(Name apex, byte[] octets) {
        return new ZoneVersion(apex, ZoneDelta.of(octets), octets);
    }

    public Name apex() {
        return apex;
    }

    /// The serial it begins at, unsigned.
    public int from() {
        return from;
    }

    /// The serial it leads to, unsigned.
    public int to() {
        return to;
    }

    /// The step as a value, made anew each time.
    public ZoneDelta delta() {
        return ZoneDelta.of(octets);
    }

    /// How many octets keeping it takes.
    public int size() {
        return octets.length;
    }

    /// The form in which it is kept; not to be changed.
    public byte[] octets() {
        return octets;
    }
}
