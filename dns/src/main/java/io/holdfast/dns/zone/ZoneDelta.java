package io.holdfast.dns.zone;

import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import java.util.List;

/// What turns one version of a zone into the next, record by record, as an incremental transfer
/// tells it (RFC 1995 §4).
///
/// @param before the SOA RRset of the older version
/// @param removed records that the newer version lacks or has with another TTL, without the SOA; an
///   RRset here may be a part of one
/// @param after the SOA RRset of the newer version
/// @param added records that the older version lacks or has with another TTL, without the SOA
public record ZoneDelta(RRset before, List<RRset> removed, RRset after, List<RRset> added) {
    public ZoneDelta {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /// Takes what [#toOctets] gave.
    ///
    /// @throws IllegalArgumentException or BufferUnderflowException for anything else
    public static ZoneDelta of(byte[] octets) {
        return ZoneDeltaOctets.read(octets);
    }

    /// A compact form of it, to be kept.
    public byte[] toOctets() {
        return ZoneDeltaOctets.write(this);
    }

    /// The serial of the older version, unsigned.
    public int from() {
        return Soa.of(before.rdata().getFirst()).serial();
    }

    /// The serial of the newer version, unsigned.
    public int to() {
        return Soa.of(after.rdata().getFirst()).serial();
    }
}
