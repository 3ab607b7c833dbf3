package io.holdfast.service.host;

import io.holdfast.dns.Name;
import io.holdfast.service.account.HashedSecret;
import java.time.Instant;
import java.util.OptionalInt;

/// A name with an address that moves, as it is now. A change makes another value.
///
/// @param id never given twice
/// @param ttl of its address records in seconds; empty for what the zone says
public record Host(
        long id,
        Name name,
        long accountId,
        HashedSecret secret,
        Instant addedAt,
        OptionalInt ttl,
        Addresses addresses,
        Standing standing,
        Activity activity) {

    /// The bounds of a host's own TTL, in seconds.
    public static final int LEAST_TTL = 30;

    public static final int MOST_TTL = 86_400;

    /// @throws IllegalArgumentException if the TTL is out of bounds
    public Host {
        if (ttl.isPresent() && (ttl.getAsInt() < LEAST_TTL || ttl.getAsInt() > MOST_TTL)) {
            throw new IllegalArgumentException(
                    "a host's TTL is " + LEAST_TTL + " to " + MOST_TTL + " seconds");
        }
    }

    public Host with(Addresses now) {
        return new Host(id, name, accountId, secret, addedAt, ttl, now, standing, activity);
    }

    public Host with(Standing now) {
        return new Host(id, name, accountId, secret, addedAt, ttl, addresses, now, activity);
    }

    public Host with(Activity now) {
        return new Host(id, name, accountId, secret, addedAt, ttl, addresses, standing, now);
    }

    public Host with(HashedSecret now) {
        return new Host(id, name, accountId, now, addedAt, ttl, addresses, standing, activity);
    }

    /// @param now a TTL of its own, in seconds; empty for what the zone says
    public Host withTtl(OptionalInt now) {
        return new Host(id, name, accountId, secret, addedAt, now, addresses, standing, activity);
    }

    /// @param now a TTL of its own, in seconds
    public Host withTtl(int now) {
        return new Host(
                id,
                name,
                accountId,
                secret,
                addedAt,
                OptionalInt.of(now),
                addresses,
                standing,
                activity);
    }
}
