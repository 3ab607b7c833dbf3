package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.service.event.ZoneVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The latest versions of each zone, as the steps between them; bounded for each zone and over all,
/// the oldest go first. Any number of threads may use it.
///
/// The writer's thread is the only one that adds. What goes is told to the store with the next
/// commit, many steps at a time.
final class ZoneJournal {
    /// How many steps of a zone are kept, at the most.
    static final int MOST_STEPS = 4_096;

    /// How many octets they may take together; by then a secondary takes the zone whole.
    static final int MOST_OCTETS = 16 << 20;

    /// How many octets the steps of all zones may take together.
    static final int MOST_OCTETS_OVER_ALL = 128 << 20;

    /// What a step takes beside its octets, about.
    private static final int OCTETS_EACH = 200;

    /// A step, and the number of the commit that made it.
    private record Step(long number, ZoneVersion version) {
        int octets() {
            return version.size() + OCTETS_EACH;
        }
    }

    private static final class Steps {
        final Deque<Step> steps = new ArrayDeque<>();
        long octets;
    }

    private final Map<Name, Steps> zones = new HashMap<>();
    private final Map<Name, Long> forgotten = new HashMap<>();

    /// The steps of all zones in the order in which they came; some may be gone already.
    private final Deque<Step> all = new ArrayDeque<>();

    private final int mostOverAll;
    private long octetsOverAll;
    private long stepsKept;

    ZoneJournal() {
        this(MOST_OCTETS_OVER_ALL);
    }

    /// @param mostOverAll octets of all zones together
    ZoneJournal(int mostOverAll) {
        this.mostOverAll = mostOverAll;
    }

    /// Adds the step that a commit made; forgets a quarter of the steps if there are too many.
    synchronized void add(long number, ZoneVersion version) {
        Name apex = version.apex();
        Steps zone = zones.computeIfAbsent(apex, _ -> new Steps());
        if (!zone.steps.isEmpty() && zone.steps.getLast().version.to() != version.from()) {
            forget(apex); // a version is missing between: nobody can be led past it
            zone = zones.computeIfAbsent(apex, _ -> new Steps());
        }
        Step step = new Step(number, version);
        zone.steps.add(step);
        zone.octets += step.octets();
        all.add(step);
        octetsOverAll += step.octets();
        stepsKept++;
        if (zone.steps.size() > MOST_STEPS || zone.octets > MOST_OCTETS) {
            while (zone.steps.size() > MOST_STEPS * 3 / 4 || zone.octets > MOST_OCTETS * 3L / 4) {
                forgetOldest(apex, zone);
            }
        }
        if (octetsOverAll > mostOverAll || all.size() > 2 * MOST_STEPS + 4 * stepsKept) {
            forgetOldestOfAll();
        }
    }

    private void forgetOldest(Name apex, Steps zone) {
        Step oldest = zone.steps.remove();
        zone.octets -= oldest.octets();
        octetsOverAll -= oldest.octets();
        stepsKept--;
        forgotten.put(apex, oldest.number);
    }

    /// The oldest of all is the oldest of its zone, unless that has let go of it before.
    private void forgetOldestOfAll() {
        all.removeIf(step -> !isKept(step));
        while (octetsOverAll > mostOverAll * 3L / 4 && !all.isEmpty()) {
            Step oldest = all.remove();
            Name apex = oldest.version.apex();
            Steps zone = zones.get(apex);
            if (zone != null) {
                forgetOldest(apex, zone);
                if (zone.steps.isEmpty()) {
                    zones.remove(apex);
                }
            }
        }
    }

    private boolean isKept(Step step) {
        Steps zone = zones.get(step.version.apex());
        return zone != null && !zone.steps.isEmpty() && zone.steps.getFirst().number <= step.number;
    }

    /// Forgets all steps of a zone: what is served does not follow from them.
    synchronized void forget(Name apex) {
        Steps zone = zones.remove(apex);
        if (zone != null && !zone.steps.isEmpty()) {
            octetsOverAll -= zone.octets;
            stepsKept -= zone.steps.size();
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
