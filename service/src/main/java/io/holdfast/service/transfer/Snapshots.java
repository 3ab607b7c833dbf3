package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.ZoneSnapshot;
import io.holdfast.service.change.ZoneVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Versions of zones that are being transferred: those who fetch the same one share it.
final class Snapshots {
    private final ZoneVersions versions;
    private final Map<Name, Lease> newest = new HashMap<>();

    Snapshots(ZoneVersions versions) {
        this.versions = versions;
    }

    /// One user's hold on a version; what nobody holds is forgotten.
    final class Lease implements AutoCloseable {
        private final ZoneSnapshot snapshot;
        private int users;

        private Lease(ZoneSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        ZoneSnapshot snapshot() {
            return snapshot;
        }

        @Override
        public void close() {
            synchronized (newest) {
                if (--users == 0) {
                    newest.remove(snapshot.apex(), this);
                }
            }
        }
    }

    /// The version served now.
    ///
    /// @return empty if there is no such zone, or the service is stopping
    Optional<Lease> current(Name apex) {
        synchronized (newest) {
            Lease held = newest.get(apex);
            var serial = versions.serial(apex);
            if (held != null && serial.isPresent() && held.snapshot.serial() == serial.getAsInt()) {
                held.users++;
                return Optional.of(held);
            }
        }
        return versions.snapshot(apex).map(this::shared);
    }

    /// Two may have come at the same time with the same version; then one of them is kept.
    private Lease shared(ZoneSnapshot snapshot) {
        synchronized (newest) {
            Lease lease = newest.get(snapshot.apex());
            if (lease == null || lease.snapshot.serial() != snapshot.serial()) {
                lease = new Lease(snapshot);
                newest.put(snapshot.apex(), lease);
            }
            lease.users++;
            return lease;
        }
    }
}
