package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Does the steps of an update, one after the other (RFC 2136 §3.4.2), on a copy of the names they
/// are about, and tells what is different at the end.
///
/// What may not be done is left out without a word, as the RFC has it: it refuses only what is
/// malformed. So `add X; delete X` comes to nothing, and `delete X; add X` does where X stood.
public final class UpdateApplication {
    private final ZoneView zone;
    private final Name apex;
    private final Map<Name, StagedName> touched = new LinkedHashMap<>();

    private UpdateApplication(ZoneView zone, Name apex) {
        this.zone = zone;
        this.apex = apex;
    }

    /// @param zone as it stands before; its prerequisites have been checked
    public static NetChange apply(UpdateMessage message, ZoneView zone) {
        UpdateApplication application = new UpdateApplication(zone, message.zone());
        message.steps().forEach(application::step);
        return application.difference();
    }

    private void step(UpdateStep step) {
        StagedName name =
                touched.computeIfAbsent(
                        step.name(),
                        owner -> new StagedName(owner.equals(apex), zone.rrsets(owner)));
        switch (step) {
            case UpdateStep.Add add -> name.add(add);
            case UpdateStep.DeleteRRset(_, var type) -> name.delete(type);
            case UpdateStep.DeleteName _ -> name.deleteAll();
            case UpdateStep.DeleteRecord(_, var type, var rdata) -> name.delete(type, rdata);
        }
    }

    private NetChange difference() {
        List<RRsetChange> changes = new ArrayList<>();
        touched.forEach((owner, name) -> difference(owner, name, changes));
        return new NetChange(changes);
    }

    private void difference(Name owner, StagedName name, List<RRsetChange> changes) {
        Map<Type, StagedRRset> now = name.rrsets();
        for (RRset before : zone.rrsets(owner)) {
            if (!now.containsKey(before.type())) {
                changes.add(new RRsetChange.Remove(owner, before.type()));
            }
        }
        now.forEach((type, rrset) -> {
            if (zone.rrset(owner, type).filter(rrset::isSame).isEmpty()) {
                changes.add(new RRsetChange.Put(rrset.toRRset(owner, type)));
            }
        });
    }
}
