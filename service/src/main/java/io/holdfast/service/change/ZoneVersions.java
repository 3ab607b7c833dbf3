package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.dns.zone.ZoneSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// The versions of the zones as they follow each other, for secondaries. Any number of threads may
/// ask.
public interface ZoneVersions {
    /// The serial of the version served now; empty if there is no such zone.
    OptionalInt serial(Name apex);

    /// The version served now, as a whole; waits for the writer's thread, some milliseconds.
    ///
    /// @return empty if there is no such zone, or the service is stopping
    Optional<ZoneSnapshot> snapshot(Name apex);

    /// Every step from a version to the one served now, oldest first; none if that is the one.
    ///
    /// @param serial of the version somebody has, unsigned
    /// @return empty if the history does not reach back so far, or the serial was never ours
    Optional<List<ZoneDelta>> since(Name apex, int serial);

    /// Has `bell` called after each new version of any zone, with its apex; quickly, on the
    /// writer's thread, so it only wakes somebody.
    void onNewVersion(Consumer<Name> bell);
}
