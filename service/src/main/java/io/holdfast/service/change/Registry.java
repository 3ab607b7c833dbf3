package io.holdfast.service.change;

import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.Gate;
import io.holdfast.service.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Everything behind the fronts, opened from a data folder: who there is, what they have, the one
/// door through which it changes, and the zones that follow from it.
///
/// The running service has one, and so has an administrative command when no service runs.
public final class Registry implements AutoCloseable {
    private Registry() {}

    /// Opens the data folder (made if missing), reads it, and builds the zones.
    ///
    /// @param random unpredictable in production; makes secrets
    /// @throws StoreException naming folder and mend: in use by another process, not writable, not
    ///   ours
    public static Registry open(Path dataDirectory, InstantSource clock, RandomGenerator random)
            throws StoreException {
        throw new UnsupportedOperationException();
    }

    public Door door() {
        throw new UnsupportedOperationException();
    }

    public Gate gate() {
        throw new UnsupportedOperationException();
    }

    public Published<Zones> zones() {
        throw new UnsupportedOperationException();
    }

    public AccountAdministration accounts() {
        throw new UnsupportedOperationException();
    }

    public HostAdministration hosts() {
        throw new UnsupportedOperationException();
    }

    public ZoneAdministration declaredZones() {
        throw new UnsupportedOperationException();
    }

    /// Finishes what is queued, answers later requests as failed, and closes the store.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
