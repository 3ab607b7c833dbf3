package io.holdfast.service.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What dynamic updates made of a zone: RRsets in place of the operator's, or beside them. One
/// thread uses it.
public final class DynamicRecords {
    private final Map<Name, Map<Type, DynamicRecord>> records = new HashMap<>();

    public @Nullable DynamicRecord at(RRsetKey key) {
        return records.getOrDefault(key.owner(), Map.of()).get(key.type());
    }

    /// Everything at a name.
    public List<DynamicRecord> at(Name owner) {
        return List.copyOf(records.getOrDefault(owner, Map.of()).values());
    }

    public List<DynamicRecord> all() {
        return records.values().stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    public void put(DynamicRecord next) {
        records.computeIfAbsent(next.key().owner(), _ -> new HashMap<>(2))
                .put(next.key().type(), next);
    }

    public void remove(RRsetKey key) {
        records.computeIfPresent(
                key.owner(),
                (_, atName) -> {
                    atName.remove(key.type());
                    return atName.isEmpty() ? null : atName;
                });
    }

    /// Why a host cannot have a name beside these, as a sentence; empty if it can.
    public Optional<String> objectionTo(Name host) {
        return StaticRecords.NOT_BESIDE_A_HOST.stream()
                .filter(type -> stands(new RRsetKey(host, type)))
                .findFirst()
                .map(type -> "a dynamic update put " + type + " at " + host);
    }

    private boolean stands(RRsetKey key) {
        DynamicRecord there = at(key);
        return there != null && there.rrset().isPresent();
    }
}
