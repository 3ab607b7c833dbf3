package io.holdfast.service.change;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.Secrets;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.AbuseLimits;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.store.Reader;
import io.holdfast.service.store.StoreException;
import io.holdfast.service.zone.DeclaredZone;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// What the operator does with hosts. Every method waits until it is done, durable and served.
///
/// Host names are taken as people write them: any case, with or without the last dot.
public final class HostAdministration {
    private static final Origin COMMAND_LINE =
            new Origin(InetAddress.getLoopbackAddress(), "", "command line");

    private final Writer writer;
    private final Directory directory;
    private final DeclaredZones zones;
    private final Reader reader;
    private final Secrets secrets;
    private final RefusedUpdates refusedUpdates;
    private final InstantSource clock;

    HostAdministration(
            Writer writer,
            Directory directory,
            DeclaredZones zones,
            Reader reader,
            Secrets secrets,
            RefusedUpdates refusedUpdates,
            InstantSource clock) {
        this.writer = writer;
        this.directory = directory;
        this.zones = zones;
        this.reader = reader;
        this.secrets = secrets;
        this.refusedUpdates = refusedUpdates;
        this.clock = clock;
    }

    /// Makes hosts: all of them or none. Updates wait until a large import is written.
    ///
    /// @param progress told now and then how many rows are written so far
    /// @return one a row, in order
    public List<Issued> add(List<HostRow> rows, String account, LongConsumer progress)
            throws AdministrationException {
        NewHosts hosts = NewHosts.check(rows, secrets);
        return writer.perform(batch -> {
            batch.onProgress(progress);
            Account owner = AccountAdministration.require(batch.account(account), account);
            hosts.stage(batch, owner, zones);
            return hosts.issued();
        });
    }

    public Host show(String name) throws AdministrationException {
        return require(directory.host(name(name)), name);
    }

    /// The hosts of an account, or all, by name in canonical order.
    public List<Host> list(Optional<String> account) throws AdministrationException {
        Predicate<Host> wanted = _ -> true;
        if (account.isPresent()) {
            String owner = account.get();
            long id = AccountAdministration.require(directory.account(owner), owner).id();
            wanted = host -> host.accountId() == id;
        }
        return directory.hosts().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Host::name))
                .toList();
    }

    /// How many hosts there are.
    ///
    /// @param addressed how many have an address
    /// @param blocked how many have their updates refused now
    public record Count(long all, long addressed, long blocked) {}

    public Count count() {
        Instant now = clock.instant();
        long all = 0;
        long addressed = 0;
        long blocked = 0;
        for (Host host : directory.hosts()) {
            all++;
            addressed += host.addresses().equals(Addresses.NONE) ? 0 : 1;
            blocked += host.standing().blockedAt(now).isPresent() ? 1 : 0;
        }
        return new Count(all, addressed, blocked);
    }

    /// Refuses the host's updates from now on; its address stays.
    public void block(String name) throws AdministrationException {
        restand(name, Standing::blockedByOperator, "blocked", Event.Blocked::new);
    }

    /// Takes its updates again, with a clean sheet.
    public void unblock(String name) throws AdministrationException {
        restand(name, (standing, _) -> standing.unblocked(), "unblocked", Event.Unblocked::new);
    }

    /// Gives a host another secret; its address, history and standing stay. The secret it has stays
    /// good until the new one is used, and no longer than the overlap.
    ///
    /// @param given taken as it is; made if empty
    /// @param overlap at most 90 days
    public Issued changeSecret(String name, Optional<String> given, Duration overlap)
            throws AdministrationException {
        AccountAdministration.requirePossible(overlap);
        Name wanted = name(name);
        try {
            Issued issued = GivenSecret.issue(wanted.toString(), given, secrets);
            HashedSecret hash = HashedSecret.of(issued.secret());
            return writer.perform(batch -> {
                Host host = require(batch.host(wanted), name);
                batch.rekey(host, host.with(hash), COMMAND_LINE, batch.now().plus(overlap));
                return issued;
            });
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// Gives a host's records another TTL, served at once.
    ///
    /// @param seconds empty for what the zone says
    public void setTtl(String name, OptionalInt seconds) throws AdministrationException {
        Name wanted = name(name);
        writer.perform(batch -> {
            Host host = require(batch.host(wanted), name);
            try {
                Host next = host.withTtl(seconds);
                batch.change(host, next, COMMAND_LINE, "new TTL", Event.TtlChanged::new);
                return next;
            } catch (IllegalArgumentException outOfBounds) {
                throw AdministrationException.invalid(String.valueOf(outOfBounds.getMessage()));
            }
        });
    }

    /// Removes the host, its address and its history.
    public void remove(String name) throws AdministrationException {
        Name wanted = name(name);
        writer.perform(batch -> {
            Host host = require(batch.host(wanted), name);
            batch.remove(host);
            return host;
        });
    }

    /// Newest first.
    public List<HistoryEntry> history(String name) throws AdministrationException {
        try {
            return reader.history(show(name));
        } catch (StoreException e) {
            throw new AdministrationException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    public Explanation explain(String name) throws AdministrationException {
        Host host = show(name);
        Instant now = clock.instant();
        DeclaredZone zone =
                zones.closest(host.name())
                        .orElseThrow(() -> AdministrationException.unknown("no zone for " + name));
        AbuseLimits limits = zone.policy().limits();
        return new Explanation(
                host,
                directory.account(host.accountId()).map(Account::name).orElse("?"),
                zone.apex(),
                host.ttl().orElse(zone.policy().ttlSeconds()),
                limits,
                host.standing().unchangedInHand(now, limits),
                host.standing().changedInHand(now, limits),
                directory
                        .formerSecret(host.id())
                        .filter(former -> former.isGood(now))
                        .map(FormerSecret::until),
                host.standing().blockedAt(now),
                history(name),
                refusedUpdates.of(host.name()),
                now);
    }

    private void restand(
            String name,
            BiFunction<Standing, Instant, Standing> step,
            String answered,
            Function<HostEntry, Event> event)
            throws AdministrationException {
        Name wanted = name(name);
        writer.perform(batch -> {
            Host host = require(batch.host(wanted), name);
            Host next = host.with(step.apply(host.standing(), batch.now()));
            batch.change(host, next, COMMAND_LINE, answered, event);
            return next;
        });
    }

    /// As updates name it; but a host made before names were checked can be named as well.
    private static Name name(String text) throws AdministrationException {
        try {
            return HostName.orOther(text);
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Host require(Optional<Host> host, String name) throws AdministrationException {
        return host.orElseThrow(() ->
                AdministrationException.unknown(
                        "no host named "
                                + name
                                + (HostName.read(name) instanceof HostName.Reading.Host
                                        ? "; make it with: holdfast host add "
                                                + name
                                                + " --account NAME"
                                        : "")));
    }
}
