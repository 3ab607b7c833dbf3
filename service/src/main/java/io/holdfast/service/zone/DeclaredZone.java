package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import java.util.List;
import java.util.Optional;

/// A zone this service is the primary of, without its hosts.
///
/// @param origin what takes the zone away again
/// @param recordsFile which master file the records are read from at each start, if any; then they
///   cannot be imported
/// @param records the operator's own, as they were read; possibly none
/// @param serial of the version now served (RFC 1982), as an unsigned number
public record DeclaredZone(
        Name apex,
        ZonePolicy policy,
        ZoneOrigin origin,
        Optional<String> recordsFile,
        List<RRset> records,
        int serial) {
    public DeclaredZone {
        records = List.copyOf(records);
    }

    public DeclaredZone withSerial(int next) {
        return new DeclaredZone(apex, policy, origin, recordsFile, records, next);
    }

    public DeclaredZone withRecords(List<RRset> others) {
        return new DeclaredZone(apex, policy, origin, recordsFile, others, serial);
    }
}
