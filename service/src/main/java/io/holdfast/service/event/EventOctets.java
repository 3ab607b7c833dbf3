package io.holdfast.service.event;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events of a commit in the form in which the log keeps them: for each one octet for what it
/// is, and what it says.
///
/// An octet means one thing for ever. An event that comes to say something else, or more, gets
/// another one.
public final class EventOctets {
    private static final int ACCOUNT_ADDED = 1;
    private static final int ACCOUNT_REMOVED = 2;
    private static final int ACCOUNT_KEY_CHANGED = 3;
    private static final int HOST_ADDED = 4;
    private static final int HOST_REMOVED = 5;
    private static final int ADDRESSES_CHANGED = 6;
    private static final int BLOCKED = 7;
    private static final int UNBLOCKED = 8;
    private static final int SECRET_CHANGED = 9;
    private static final int TTL_CHANGED = 10;
    private static final int REPEAT_COUNTED = 11;
    private static final int FORMER_SECRET_KEPT = 12;
    private static final int FORMER_SECRET_ENDED = 13;
    private static final int KEY_ADDED = 14;
    private static final int KEY_REMOVED = 15;
    private static final int ZONE_DECLARED = 16;
    private static final int ZONE_REMOVED = 17;
    private static final int RECORDS_CHANGED = 18;
    private static final int REVERSE_NAME_CHANGED = 19;
    private static final int ZONE_CHANGED = 20;

    private static final int PUT = 1;
    private static final int REMOVE = 2;
    private static final int RESERVE = 3;
    private static final int RELEASE = 4;

    private EventOctets() {}

    public static byte[] write(List<Event> events) {
        OctetWriter out = new OctetWriter();
        events.forEach(event -> write(event, out));
        return out.toOctets();
    }

    /// @throws UnknownEventException if it holds an event that this version does not know
    /// @throws IllegalArgumentException if it is not what [#write] gave
    public static List<Event> read(byte[] octets) throws UnknownEventException {
        OctetReader in = new OctetReader(octets);
        List<Event> events = new ArrayList<>();
        try {
            while (in.hasMore()) {
                events.add(event(in));
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException cut) {
            throw new IllegalArgumentException("the events of a commit end early", cut);
        }
        return events;
    }

    private static void write(Event event, OctetWriter out) {
        switch (event) {
            case Event.AccountAdded(long id, _) -> out.octet(ACCOUNT_ADDED).number(id);
            case Event.AccountRemoved(long id) -> out.octet(ACCOUNT_REMOVED).number(id);
            case Event.AccountKeyChanged(long id, _) -> out.octet(ACCOUNT_KEY_CHANGED).number(id);
            case Event.HostAdded(var host) -> HostOctets.write(host, out.octet(HOST_ADDED));
            case Event.HostRemoved(var host) -> HostOctets.write(host, out.octet(HOST_REMOVED));
            case Event.AddressesChanged(var entry) ->
                    HostOctets.write(entry, out.octet(ADDRESSES_CHANGED));
            case Event.Blocked(var entry) -> HostOctets.write(entry, out.octet(BLOCKED));
            case Event.Unblocked(var entry) -> HostOctets.write(entry, out.octet(UNBLOCKED));
            case Event.SecretChanged(var entry) ->
                    HostOctets.write(entry, out.octet(SECRET_CHANGED));
            case Event.TtlChanged(var entry) -> HostOctets.write(entry, out.octet(TTL_CHANGED));
            case Event.RepeatCounted(var host) -> HostOctets.write(host, out.octet(REPEAT_COUNTED));
            case Event.FormerSecretKept(var former) -> write(former, out.octet(FORMER_SECRET_KEPT));
            case Event.FormerSecretEnded(var former) ->
                    write(former, out.octet(FORMER_SECRET_ENDED));
            case Event.KeyAdded(Name name, _) -> out.octet(KEY_ADDED).name(name);
            case Event.KeyRemoved(Name name) -> out.octet(KEY_REMOVED).name(name);
            case Event.ZoneDeclared(Name apex, _) -> out.octet(ZONE_DECLARED).name(apex);
            case Event.ZoneRemoved(Name apex) -> out.octet(ZONE_REMOVED).name(apex);
            case Event.RecordsChanged(DynamicRecord now, boolean kept) -> {
                out.octet(RECORDS_CHANGED).name(now.apex());
                write(now.key(), out).flag(kept).flag(now.rrset().isPresent());
                now.rrset().ifPresent(rrset -> writeData(rrset, out));
            }
            case Event.ReverseNameChanged(Name apex, Name reverse, Set<Name> hosts) -> {
                out.octet(REVERSE_NAME_CHANGED).name(apex).name(reverse).number(hosts.size());
                hosts.stream().sorted().forEach(out::name);
            }
            case Event.ZoneChanged(Name apex, int serial, boolean whole, var changes, _) -> {
                out.octet(ZONE_CHANGED)
                        .name(apex)
                        .number(Integer.toUnsignedLong(serial))
                        .flag(whole)
                        .number(changes.size());
                changes.forEach(change -> write(change, out));
            }
        }
    }

    private static Event event(OctetReader in) throws UnknownEventException {
        int kind = in.octet();
        return switch (kind) {
            case ACCOUNT_ADDED -> new Event.AccountAdded(in.number(), Optional.empty());
            case ACCOUNT_REMOVED -> new Event.AccountRemoved(in.number());
            case ACCOUNT_KEY_CHANGED -> new Event.AccountKeyChanged(in.number(), Optional.empty());
            case HOST_ADDED -> new Event.HostAdded(HostOctets.host(in));
            case HOST_REMOVED -> new Event.HostRemoved(HostOctets.host(in));
            case ADDRESSES_CHANGED -> new Event.AddressesChanged(HostOctets.entry(in));
            case BLOCKED -> new Event.Blocked(HostOctets.entry(in));
            case UNBLOCKED -> new Event.Unblocked(HostOctets.entry(in));
            case SECRET_CHANGED -> new Event.SecretChanged(HostOctets.entry(in));
            case TTL_CHANGED -> new Event.TtlChanged(HostOctets.entry(in));
            case REPEAT_COUNTED -> new Event.RepeatCounted(HostOctets.host(in));
            case FORMER_SECRET_KEPT -> new Event.FormerSecretKept(formerSecret(in));
            case FORMER_SECRET_ENDED -> new Event.FormerSecretEnded(formerSecret(in));
            case KEY_ADDED -> new Event.KeyAdded(in.name(), Optional.empty());
            case KEY_REMOVED -> new Event.KeyRemoved(in.name());
            case ZONE_DECLARED -> new Event.ZoneDeclared(in.name(), Optional.empty());
            case ZONE_REMOVED -> new Event.ZoneRemoved(in.name());
            case RECORDS_CHANGED -> recordsChanged(in);
            case REVERSE_NAME_CHANGED -> {
                Name apex = in.name();
                Name reverse = in.name();
                Set<Name> hosts = new HashSet<>();
                for (int left = in.count(); left > 0; left--) {
                    hosts.add(in.name());
                }
                yield new Event.ReverseNameChanged(apex, reverse, hosts);
            }
            case ZONE_CHANGED -> {
                Name apex = in.name();
                int serial = (int) in.number();
                boolean whole = in.flag();
                List<RRsetChange> changes = new ArrayList<>();
                for (int left = in.count(); left > 0; left--) {
                    changes.add(change(in));
                }
                yield new Event.ZoneChanged(apex, serial, whole, changes, Optional.empty());
            }
            default -> throw new UnknownEventException(kind);
        };
    }

    private static Event recordsChanged(OctetReader in) {
        Name apex = in.name();
        RRsetKey key = key(in);
        boolean kept = in.flag();
        Optional<RRset> rrset = in.flag() ? Optional.of(rrset(key, in)) : Optional.empty();
        return new Event.RecordsChanged(new DynamicRecord(apex, key, rrset), kept);
    }

    private static void write(FormerSecret former, OctetWriter out) {
        out.number(former.owner())
                .raw(former.secret().octets())
                .time(former.since())
                .time(former.until());
    }

    private static FormerSecret formerSecret(OctetReader in) {
        return new FormerSecret(in.number(), secret(in), required(in.time()), required(in.time()));
    }

    static HashedSecret secret(OctetReader in) {
        return HashedSecret.ofStored(in.raw(HashedSecret.LENGTH));
    }

    static Instant required(@Nullable Instant time) {
        return Objects.requireNonNull(time, "a time is missing");
    }

    private static void write(RRsetChange change, OctetWriter out) {
        switch (change) {
            case RRsetChange.Put(RRset rrset) -> {
                write(RRsetKey.of(rrset), out.octet(PUT));
                writeData(rrset, out);
            }
            case RRsetChange.Remove(Name owner, Type type) ->
                    write(new RRsetKey(owner, type), out.octet(REMOVE));
            case RRsetChange.Reserve(Name owner) -> out.octet(RESERVE).name(owner);
            case RRsetChange.Release(Name owner) -> out.octet(RELEASE).name(owner);
        }
    }

    private static RRsetChange change(OctetReader in) {
        int kind = in.octet();
        return switch (kind) {
            case PUT -> new RRsetChange.Put(rrset(key(in), in));
            case REMOVE -> {
                RRsetKey key = key(in);
                yield new RRsetChange.Remove(key.owner(), key.type());
            }
            case RESERVE -> new RRsetChange.Reserve(in.name());
            case RELEASE -> new RRsetChange.Release(in.name());
            default -> throw new IllegalArgumentException(kind + " is no change of a zone");
        };
    }

    private static OctetWriter write(RRsetKey key, OctetWriter out) {
        return out.name(key.owner()).number(key.type().value());
    }

    private static RRsetKey key(OctetReader in) {
        return new RRsetKey(in.name(), new Type((int) in.number()));
    }

    /// What it is besides its owner and type.
    private static void writeData(RRset rrset, OctetWriter out) {
        out.number(rrset.ttl()).number(rrset.rdata().size());
        rrset.rdata().forEach(data -> out.octets(data.toWire()));
    }

    private static RRset rrset(RRsetKey key, OctetReader in) {
        int ttl = (int) in.number();
        List<Rdata> rdata = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            rdata.add(Rdata.of(in.octets()));
        }
        return new RRset(key.owner(), key.type(), ttl, rdata);
    }
}
