package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.zone.Zone;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.ZonePolicy;
import java.util.List;
import java.util.Optional;

/// What the operator does with zones. Every method waits until it is done, durable and served.
public final class ZoneAdministration {
    ZoneAdministration() {}

    /// The operator's own records as a file holds them.
    public record RecordsFile(String file, List<RRset> records) {}

    /// Declares a zone, or declares it anew: from now on this policy holds, and these records stand
    /// beside its hosts. Without a file, imported records stay. The serial moves only if anything
    /// served differs.
    public void declare(Name apex, ZonePolicy policy, Optional<RecordsFile> records)
            throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// All declared zones, in canonical order.
    public List<DeclaredZone> list() {
        throw new UnsupportedOperationException();
    }

    /// Replaces the operator's own records, all or nothing; hosts stay.
    ///
    /// @return the serial from now on: the greater (RFC 1982) of the file's and the next one
    public int importRecords(Name apex, List<RRset> records) throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// The zone as it is served, to be written as a master file.
    public Zone export(Name apex) throws AdministrationException {
        throw new UnsupportedOperationException();
    }
}
