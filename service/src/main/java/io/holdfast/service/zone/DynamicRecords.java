package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What dynamic updates made of a zone: RRsets in place of the operator's, or beside them. One
/// thread uses it.
public final class DynamicRecords {
    private final Map<RRsetKey, DynamicRecord> records = new HashMap<>();

    public @Nullable DynamicRecord at(RRsetKey key) {
        return records.get(key);
    }

    public Collection<DynamicRecord> all() {
        return records.values();
    }

    public void put(DynamicRecord next) {
        records.put(next.key(), next);
    }

    public void remove(RRsetKey key) {
        records.remove(key);
    }

    private boolean stands(RRsetKey key) {
        DynamicRecord there = records.get(key);
        return there != null && there.rrset().isPresent();
    }

    /// Why a host cannot have a name beside these, as a sentence; empty if it can.
    public Optional<String> objectionTo(Name host) {
        return OwnRecords.NOT_BESIDE_A_HOST.stream()
                .filter(type -> stands(new RRsetKey(host, type)))
                .findFirst()
                .map(type -> "a dynamic update put " + type + " at " + host);
    }
}
