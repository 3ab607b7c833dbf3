package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import java.util.Set;

/// Something that must hold before an update is done (RFC 2136 §2.4).
public sealed interface Prerequisite {
    /// §2.4.4: at least one record, of any type.
    record NameInUse(Name name) implements Prerequisite {}

    /// §2.4.5: no record of any type.
    record NameNotInUse(Name name) implements Prerequisite {}

    /// §2.4.1: at least one record of that type.
    record RRsetExists(Name name, Type type) implements Prerequisite {}

    /// §2.4.3: no record of that type.
    record RRsetAbsent(Name name, Type type) implements Prerequisite {}

    /// §2.4.2: exactly these records; TTLs are not compared.
    record RRsetEquals(Name name, Type type, Set<Rdata> rdata) implements Prerequisite {
        public RRsetEquals {
            rdata = Set.copyOf(rdata);
        }
    }
}
