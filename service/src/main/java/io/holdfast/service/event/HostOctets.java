package io.holdfast.service.event;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.Bucket;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Hosts, and entries of their history, as [EventOctets] holds them.
final class HostOctets {
    /// The causes of a block as they are written; they keep their places.
    private static final Block.Cause[] CAUSES = {
        Block.Cause.NEEDLESS_UPDATES, Block.Cause.TOO_MANY_CHANGES, Block.Cause.OPERATOR
    };

    private HostOctets() {}

    static void write(Host host, OctetWriter out) {
        out.number(host.id())
                .name(host.name())
                .number(host.accountId())
                .raw(host.secret().octets())
                .time(host.addedAt())
                .number(host.ttl().orElse(0));
        write(host.addresses(), out);
        write(host.standing(), out);
        Activity activity = host.activity();
        out.number(activity.changes())
                .number(activity.repeats())
                .number(activity.refusals())
                .time(activity.lastContact())
                .number(activity.historyLength())
                .number(activity.lastEntry());
    }

    static Host host(OctetReader in) {
        long id = in.number();
        Name name = in.name();
        long account = in.number();
        HashedSecret secret = EventOctets.secret(in);
        Instant addedAt = EventOctets.required(in.time());
        int ttl = (int) in.number();
        return new Host(
                id,
                name,
                account,
                secret,
                addedAt,
                ttl == 0 ? OptionalInt.empty() : OptionalInt.of(ttl),
                addresses(in),
                standing(in),
                activity(in));
    }

    static void write(HostEntry made, OctetWriter out) {
        write(made.host(), out);
        HistoryEntry entry = made.entry();
        out.number(made.previous()).time(entry.at());
        write(entry.before(), out);
        out.octets(entry.source().getAddress())
                .text(entry.agent())
                .text(entry.front())
                .text(entry.answered());
    }

    /// The number of its commit, which the log has beside the events, is 0 in it.
    static HostEntry entry(OctetReader in) {
        Host host = host(in);
        long previous = in.number();
        HistoryEntry entry =
                new HistoryEntry(
                        0,
                        EventOctets.required(in.time()),
                        addresses(in),
                        host.addresses(),
                        address(in.octets()),
                        in.text(),
                        in.text(),
                        in.text());
        return new HostEntry(host, previous, entry);
    }

    private static void write(Standing standing, OctetWriter out) {
        write(standing.unchanged(), out);
        write(standing.changed(), out);
        out.number(standing.blocks()).time(standing.lastChange()).time(standing.lastRepeat());
        out.flag(standing.block().isPresent());
        standing.block()
                .ifPresent(block ->
                        out.octet(place(block.cause()))
                                .time(block.since())
                                .time(block.until().orElse(null)));
    }

    private static Standing standing(OctetReader in) {
        Bucket unchanged = bucket(in);
        Bucket changed = bucket(in);
        int blocks = (int) in.number();
        Instant lastChange = in.time();
        Instant lastRepeat = in.time();
        Optional<Block> block = in.flag() ? Optional.of(block(in)) : Optional.empty();
        Standing standing = new Standing(unchanged, changed, block, blocks, lastChange, lastRepeat);
        return standing.equals(Standing.FRESH) ? Standing.FRESH : standing;
    }

    private static Block block(OctetReader in) {
        return new Block(
                CAUSES[in.octet()],
                EventOctets.required(in.time()),
                Optional.ofNullable(in.time()));
    }

    private static int place(Block.Cause cause) {
        for (int place = 0; place < CAUSES.length; place++) {
            if (CAUSES[place] == cause) {
                return place;
            }
        }
        throw new IllegalStateException(cause + " has no place in the log");
    }

    private static void write(Bucket bucket, OctetWriter out) {
        out.time(bucket.equals(Bucket.FULL) ? null : bucket.fullAgainAt());
    }

    private static Bucket bucket(OctetReader in) {
        Instant fullAgainAt = in.time();
        return fullAgainAt == null ? Bucket.FULL : new Bucket(fullAgainAt);
    }

    private static Activity activity(OctetReader in) {
        Activity activity =
                new Activity(
                        in.number(), in.number(), in.number(), in.time(), in.number(), in.number());
        return activity.equals(Activity.NONE) ? Activity.NONE : activity;
    }

    private static void write(Addresses addresses, OctetWriter out) {
        write(addresses.ipv4().orElse(null), out);
        write(addresses.ipv6().orElse(null), out);
    }

    private static void write(@Nullable InetAddress address, OctetWriter out) {
        out.octets(address == null ? new byte[0] : address.getAddress());
    }

    private static Addresses addresses(OctetReader in) {
        byte[] ipv4 = in.octets();
        byte[] ipv6 = in.octets();
        if (ipv4.length == 0 && ipv6.length == 0) {
            return Addresses.NONE;
        }
        return new Addresses(
                ipv4.length == 0 ? Optional.empty() : Optional.of((Inet4Address) address(ipv4)),
                ipv6.length == 0 ? Optional.empty() : Optional.of(ipv6(ipv6)));
    }

    /// Not by [InetAddress#getByAddress]: that makes an IPv4 address of a mapped one.
    private static Inet6Address ipv6(byte[] octets) {
        try {
            return Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException length) {
            throw new IllegalArgumentException(
                    "an IPv6 address has 16 octets, not " + octets.length, length);
        }
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException length) {
            throw new IllegalArgumentException(
                    "an address has 4 or 16 octets, not " + octets.length, length);
        }
    }
}
