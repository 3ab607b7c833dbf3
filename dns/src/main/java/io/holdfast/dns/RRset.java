package io.holdfast.dns;

import java.util.List;

/// All records of one name and type, class IN (RFC 2181 §5).
///
/// @param owner the name they stand at
/// @param ttl in seconds, 0 to 2^31-1 (RFC 2181 §8), one for all of them (§5.2)
/// @param rdata at least one, no two equal
public record RRset(Name owner, Type type, int ttl, List<Rdata> rdata) {
    /// @throws IllegalArgumentException for a negative TTL, no record, or the same record twice
    public RRset {
        rdata = List.copyOf(rdata);
        if (ttl < 0) {
            throw new IllegalArgumentException("a TTL is 0 to 2147483647 seconds");
        }
        if (rdata.isEmpty()
                || (rdata.size() > 1 && rdata.stream().distinct().count() != rdata.size())) {
            throw new IllegalArgumentException("an RRset holds at least one record and none twice");
        }
    }
}
