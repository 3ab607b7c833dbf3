package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;

/// One line of an update, to be done in its place (RFC 2136 §2.5).
public sealed interface UpdateStep {
    /// The name it is about.
    Name name();

    /// §2.5.1: the record stands from now on, and its TTL is that of its RRset.
    ///
    /// @param ttl in seconds, 0 to 2^31-1
    record Add(Name name, Type type, int ttl, Rdata rdata) implements UpdateStep {}

    /// §2.5.2: none of that type any more.
    record DeleteRRset(Name name, Type type) implements UpdateStep {}

    /// §2.5.3: none of any type any more; at the apex SOA and NS stay.
    record DeleteName(Name name) implements UpdateStep {}

    /// §2.5.4: this one record is gone.
    record DeleteRecord(Name name, Type type, Rdata rdata) implements UpdateStep {}
}
