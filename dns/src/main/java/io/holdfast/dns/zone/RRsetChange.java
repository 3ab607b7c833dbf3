package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;

/// One step from a version of a zone to the next.
public sealed interface RRsetChange {
    /// The RRset stands from now on, in place of any of its owner and type.
    record Put(RRset rrset) implements RRsetChange {}

    /// No RRset of that owner and type from now on.
    record Remove(Name owner, Type type) implements RRsetChange {}

    /// The name exists from now on, with records or without: questions for what it lacks are
    /// answered NODATA, not NXDOMAIN (RFC 2308 §2.2).
    record Reserve(Name owner) implements RRsetChange {}

    /// The name exists from now on only as long as it, or one below it, has records.
    record Release(Name owner) implements RRsetChange {}
}
