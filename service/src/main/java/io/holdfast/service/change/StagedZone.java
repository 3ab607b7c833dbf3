package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.RRsetKey;
import io.holdfast.service.zone.StaticRecords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The next version of a zone while a batch is made: what each RRset was, and what it is to be.
final class StagedZone {
    /// One RRset in the version served now, and in the next.
    private record Step(Optional<RRset> before, Optional<RRset> after) {
        boolean isOne() {
            return !before.equals(after);
        }
    }

    private final DeclaredZone now;
    private final boolean isNew;
    private DeclaredZone declared;
    private @Nullable StaticRecords own;
    private int serial;
    private boolean moved;
    private boolean whole;
    private final Map<Name, Map<Type, Step>> steps = new LinkedHashMap<>();
    private final Map<RRsetKey, DynamicRRset> dynamic = new LinkedHashMap<>();
    private final List<RRsetChange> names = new ArrayList<>();

    /// @param serial of the next version, should there be one
    /// @param isNew whether no such zone is declared yet: it is then published whole
    StagedZone(DeclaredZone now, int serial, boolean isNew) {
        this.now = now;
        this.declared = now;
        this.serial = serial;
        this.isNew = isNew;
    }

    /// The zone from now on; its serial is another only if readers see another version.
    DeclaredZone next() {
        return moved ? declared.withSerial(serial) : declared;
    }

    /// Its own records, if policy or records are declared anew.
    @Nullable StaticRecords own() {
        return own;
    }

    boolean isNew() {
        return isNew;
    }

    /// Whether readers will see another version.
    boolean isServedOtherwise() {
        return isNew || moved;
    }

    void declare(DeclaredZone zone, StaticRecords records) {
        declared = zone;
        own = records;
    }

    /// There will be another version even if no record differs.
    void move() {
        moved = true;
    }

    /// The next version is built from what is declared and not step by step; no secondary is led to
    /// it by steps either.
    void moveWhole() {
        moved = true;
        whole = true;
    }

    boolean isWhole() {
        return isNew || whole;
    }

    /// The next version has this serial.
    void move(int to) {
        serial = to;
        moved = true;
    }

    /// What an RRset is to be; empty if there is to be none, or nothing was said of it.
    Optional<RRset> staged(RRsetKey key) {
        Step step = steps.getOrDefault(key.owner(), Map.of()).get(key.type());
        return step == null ? Optional.empty() : step.after;
    }

    /// Types at a name of which something was said.
    Set<Type> stagedAt(Name owner) {
        return steps.getOrDefault(owner, Map.of()).keySet();
    }

    /// @param served what the version served now has
    void put(RRsetKey key, Optional<RRset> served, Optional<RRset> after) {
        Map<Type, Step> atName = steps.computeIfAbsent(key.owner(), _ -> new LinkedHashMap<>());
        Step known = atName.get(key.type());
        Step step = new Step(known == null ? served : known.before, after);
        moved |= known == null ? step.isOne() : !known.after.equals(after);
        atName.put(key.type(), step);
    }

    /// A name that exists from now on without records, or no longer.
    void name(RRsetChange reservation) {
        names.add(reservation);
        moved = true;
    }

    /// What updates made of an RRset is now this.
    void dynamic(RRsetKey key, DynamicRRset now) {
        dynamic.put(key, now);
    }

    Map<RRsetKey, DynamicRRset> dynamic() {
        return dynamic;
    }

    /// What turns the version served now into the next.
    List<RRsetChange> changes() {
        List<RRsetChange> changes = new ArrayList<>();
        forEachStep((key, step) ->
                changes.add(
                        step.after
                                .<RRsetChange>map(RRsetChange.Put::new)
                                .orElseGet(() -> new RRsetChange.Remove(key.owner(), key.type()))));
        changes.addAll(names);
        return changes;
    }

    /// The same, record by record.
    ///
    /// @param soa of the version served now
    ZoneDelta delta(RRset soa) {
        List<RRset> removed = new ArrayList<>();
        List<RRset> added = new ArrayList<>();
        RRset nextSoa = staged(new RRsetKey(now.apex(), Type.SOA)).orElse(soa);
        forEachStep((key, step) -> {
            if (!key.type().equals(Type.SOA)) {
                without(step.before, step.after).ifPresent(removed::add);
                without(step.after, step.before).ifPresent(added::add);
            }
        });
        return new ZoneDelta(soa, removed, with(next().serial(), nextSoa), added);
    }

    private void forEachStep(BiConsumer<RRsetKey, Step> visitor) {
        steps.forEach((owner, atName) ->
                atName.forEach((type, step) -> {
                    if (step.isOne()) {
                        visitor.accept(new RRsetKey(owner, type), step);
                    }
                }));
    }

    /// The records of the first that the second lacks; all if the TTL differs.
    private static Optional<RRset> without(Optional<RRset> some, Optional<RRset> others) {
        if (some.isEmpty() || others.isEmpty() || some.get().ttl() != others.get().ttl()) {
            return some;
        }
        Set<Rdata> there = new HashSet<>(others.get().rdata());
        RRset all = some.get();
        List<Rdata> left = all.rdata().stream().filter(data -> !there.contains(data)).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new RRset(all.owner(), all.type(), all.ttl(), left));
    }

    private static RRset with(int serial, RRset soa) {
        Rdata data = Soa.of(soa.rdata().getFirst()).withSerial(serial).toRdata();
        return new RRset(soa.owner(), Type.SOA, soa.ttl(), List.of(data));
    }
}
