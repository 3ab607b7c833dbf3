package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import java.util.Optional;

/// What dynamic updates made of one RRset of a zone, beside its hosts' addresses.
///
/// @param rrset what stands there; empty if an update took away what the operator's records have
public record DynamicRecord(Name apex, RRsetKey key, Optional<RRset> rrset) {}
