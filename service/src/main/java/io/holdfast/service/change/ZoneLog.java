package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.store.ZoneVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The latest versions of each zone, as the steps between them; bounded, the oldest go first. Any
/// number of threads may use it.
///
/// The writer's thread is the only one that adds. What goes is told to the store with the next
/// commit, many steps at a time.
final class ZoneLog {
    /// How many steps of a zone are kept, at the most.
    static final int MOST_STEPS = 4_096;

    /// How many octets they may take together; by then a secondary takes the zone whole.
    static final int MOST_OCTETS = 16 << 20;

    /// A step, and the number of the commit that made it.
    private record Step(long number, ZoneVersion version) {}

    private static final class Steps {
        final Deque<Step> steps = new ArrayDeque<>();
        long octets;
    }

    private final Map<Name, Steps> zones = new HashMap<>();
    private final Map<Name, Long> forgotten = new HashMap<>();

    /// Adds the step that a commit made; forgets a quarter of the steps if there are too many.
    synchronized void add(long number, ZoneVersion version) {
        Name apex = version.apex();
        Steps zone = zones.computeIfAbsent(apex, _ -> new Steps());
        if (!zone.steps.isEmpty() && zone.steps.getLast().version.to() != version.from()) {
            forget(apex); // a version is missing between: nobody can be led past it
            zone = zones.computeIfAbsent(apex, _ -> new Steps());
        }
        zone.steps.add(new Step(number, version));
        zone.octets += version.size();
        if (zone.steps.size() > MOST_STEPS || zone.octets > MOST_OCTETS) {
            while (zone.steps.size() > MOST_STEPS * 3 / 4 || zone.octets > MOST_OCTETS * 3L / 4) {
                Step oldest = zone.steps.remove();
                zone.octets -= oldest.version.size();
                forgotten.put(apex, oldest.number);
            }
        }
    }

    /// Forgets all steps of a zone: what is served does not follow from them.
    synchronized void forget(Name apex) {
        Steps zone = zones.remove(apex);
        if (zone != null && !zone.steps.isEmpty()) {
            forgotten.put(apex, zone.steps.getLast().number);
        }
    }

    /// Every step from a version to the newest; see [ZoneVersions#since].
    ///
    /// @param newest the serial served now
    Optional<List<ZoneDelta>> since(Name apex, int serial, int newest) {
        if (serial == newest) {
            return Optional.of(List.of());
        }
        List<ZoneVersion> steps = new ArrayList<>();
        synchronized (this) {
            Steps zone = zones.get(apex);
            boolean arrived = false;
            for (Step step : zone == null ? List.<Step>of() : zone.steps) {
                if (step.version.from() == serial) {
                    steps.clear(); // a serial that came twice means its later version
                    arrived = false;
                }
                if (!arrived && (step.version.from() == serial || !steps.isEmpty())) {
                    steps.add(step.version);
                    arrived = step.version.to() == newest; // what follows is not served yet
                }
            }
            if (!arrived) {
                return Optional.empty();
            }
        }
        return Optional.of(steps.stream().map(ZoneVersion::delta).toList());
    }

    /// For each zone the number of the commit up to which the store may forget.
    synchronized Map<Name, Long> forgotten() {
        return Map.copyOf(forgotten);
    }

    /// The store has forgotten.
    synchronized void isForgotten(Map<Name, Long> done) {
        done.forEach(forgotten::remove);
    }
}
