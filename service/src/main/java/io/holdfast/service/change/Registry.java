package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zones;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.Gate;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.SecretGate;
import io.holdfast.service.account.Secrets;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Contents;
import io.holdfast.service.store.Store;
import io.holdfast.service.store.StoreException;
import io.holdfast.service.store.StoreLocation;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.StaticRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything behind the fronts, opened from a data folder: who there is, what they have, the one
/// door through which it changes, and the zones that follow from it.
///
/// The running service has one, and so has an administrative command when no service runs.
public final class Registry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    /// What is queued is a few batches; a disk that needs longer is left to itself.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Store store;
    private final Writer writer;
    private final Gate gate;
    private final Published<Zones> published;
    private final AccountAdministration accounts;
    private final HostAdministration hosts;
    private final ZoneAdministration declaredZones;
    private final KeyAdministration keys;
    private final Directory directory;
    private final RefusedUpdates refusedUpdates;
    private final HostNames hostNames;
    private final ZoneVersions versions;
    private final CommitLog commits;

    private Registry(
            Store store,
            InstantSource clock,
            RandomGenerator random,
            Directory directory,
            DeclaredZones zones,
            Consumer<Throwable> processEnd)
            throws StoreException {
        this.store = store;
        this.directory = directory;
        Publication publication = new Publication(directory, zones);
        WriteBehind behind = new WriteBehind(directory);
        store.read(into(directory, zones, publication.journal(), behind));
        zones.reverse().index(directory.hosts(), zones.reverseZones(), zones.reverseZones());
        publication.publishAll(clock.instant());
        published = publication.zones();
        commits = new CommitLog(store.reader(), store.lastCommit());
        writer =
                new Writer(
                        store,
                        directory,
                        zones,
                        publication,
                        behind,
                        commits::reached,
                        clock,
                        store.lastId(),
                        processEnd);
        Secrets secrets = new Secrets(random);
        accounts = new AccountAdministration(writer, directory, secrets, clock);
        gate = new SecretGate(directory, clock, accounts::end);
        refusedUpdates = new RefusedUpdates(name -> directory.host(name).isPresent(), clock);
        hostNames = new HostNamesInZones(directory, zones);
        hosts =
                new HostAdministration(
                        writer, directory, zones, store.reader(), secrets, refusedUpdates, clock);
        declaredZones =
                new ZoneAdministration(writer, directory, zones, published, publication.problems());
        keys = new KeyAdministration(writer, directory, zones, random);
        versions = new ServedVersions(writer, publication);
        writer.start();
    }

    /// Opens the data folder (made if missing), reads it, and builds the zones.
    ///
    /// @param random unpredictable in production; makes secrets
    /// @throws StoreException naming folder and mend: in use by another process, not writable, not
    ///   ours
    public static Registry open(Path dataDirectory, InstantSource clock, RandomGenerator random)
            throws StoreException {
        return open(dataDirectory, Optional.empty(), clock, random);
    }

    /// The same with the data where the configuration has it.
    ///
    /// @param location empty for where it was the last time
    public static Registry open(
            Path dataDirectory,
            Optional<StoreLocation> location,
            InstantSource clock,
            RandomGenerator random)
            throws StoreException {
        return open(Store.open(dataDirectory, location), clock, random, Registry::endProcess);
    }

    /// @param processEnd told why the process has to end
    static Registry open(
            Store store,
            InstantSource clock,
            RandomGenerator random,
            Consumer<Throwable> processEnd)
            throws StoreException {
        return open(store, clock, random, new Directory(), new DeclaredZones(), processEnd);
    }

    /// @param directory takes what the store has
    /// @param zones the same
    static Registry open(
            Store store,
            InstantSource clock,
            RandomGenerator random,
            Directory directory,
            DeclaredZones zones,
            Consumer<Throwable> processEnd)
            throws StoreException {
        try {
            return new Registry(store, clock, random, directory, zones, processEnd);
        } catch (StoreException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    public Door door() {
        return writer;
    }

    /// The same door as dynamic updates see it.
    public ZoneDoor zoneDoor() {
        return writer;
    }

    public KeyRing keyRing() {
        return directory;
    }

    public ZoneVersions versions() {
        return versions;
    }

    /// What happened, in order.
    public CommitLog commits() {
        return commits;
    }

    public KeyAdministration keys() {
        return keys;
    }

    public Gate gate() {
        return gate;
    }

    /// Where every front tells what it refused.
    public RefusedUpdates refusedUpdates() {
        return refusedUpdates;
    }

    /// What fronts ask about hosts.
    public HostNames hostNames() {
        return hostNames;
    }

    public Published<Zones> zones() {
        return published;
    }

    public AccountAdministration accounts() {
        return accounts;
    }

    public HostAdministration hosts() {
        return hosts;
    }

    public ZoneAdministration declaredZones() {
        return declaredZones;
    }

    /// Finishes what is queued, answers later requests as failed, and closes the store.
    @Override
    public void close() {
        try {
            if (writer.stop(PATIENCE)) {
                store.close();
            } else {
                // Closing under the writer would tear its transaction; the file survives our end.
                LOG.warn("the disk takes more than {} to finish; leaving it", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Without the shutdown in good order: that would wait for the thread that calls this, and
    /// answer people meanwhile from a memory that is not what the disk is.
    private static void endProcess(Throwable cause) {
        try {
            LOG.error(
                    "what was committed could not be taken into memory; this process ends, as it"
                            + " can answer nobody truly any more. Start it again: what is on disk"
                            + " is whole",
                    cause);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /// What was stored may be wrong, by another version or by hand. Such a zone is declared all the
    /// same, and [Publication] says why it cannot be served.
    private static StaticRecords ownRecords(DeclaredZone zone) {
        try {
            return StaticRecords.of(zone);
        } catch (RuntimeException e) {
            return StaticRecords.of(zone.withRecords(List.of()));
        }
    }

    private static Contents into(
            Directory directory, DeclaredZones zones, ZoneJournal journal, WriteBehind behind) {
        return new Contents() {
            @Override
            public void account(Account account) {
                directory.put(account);
            }

            @Override
            public void zone(DeclaredZone zone) {
                zones.put(zone, ownRecords(zone));
            }

            @Override
            public void faulty(Name apex, String fault) {
                zones.faulty(apex, fault);
            }

            @Override
            public void formerSecret(FormerSecret former) {
                directory.put(former);
            }

            @Override
            public void malformed(Name apex, String what) {
                zones.malformed(apex, what);
            }

            @Override
            public void key(UpdateKey key) {
                directory.put(key);
            }

            @Override
            public void dynamic(DynamicRecord dynamicRecord) {
                zones.dynamic(dynamicRecord.apex()).put(dynamicRecord);
            }

            @Override
            public void version(long number, ZoneVersion version) {
                journal.add(number, version);
            }

            @Override
            public void host(Host host) {
                directory.put(host);
            }

            @Override
            public void newer(Host host) {
                directory.put(host);
                behind.add(List.of(host));
            }
        };
    }
}
