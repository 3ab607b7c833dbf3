package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.service.address.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Who is told of a zone's new versions, and who may fetch them.
///
/// A client must meet all that is said: come from an address that is named, if any is, and sign
/// with the key, if there is one. Where nothing is said nobody may.
///
/// @param secondaries notified of each new version, and allowed to fetch it
/// @param allowed further addresses that may fetch, without being notified
/// @param key signs notifications, and must sign every transfer
/// @param sources of ours, at most one of each family, that notifications come from; empty for the
///   usual
public record TransferPermission(
        List<InetSocketAddress> secondaries,
        List<Network> allowed,
        Optional<Name> key,
        List<InetAddress> sources) {
    /// Nobody.
    public static final TransferPermission NONE =
            new TransferPermission(List.of(), List.of(), Optional.empty());

    /// More secondaries than any zone has use for.
    private static final int MOST_SECONDARIES = 64;

    /// Notified from the usual address.
    public TransferPermission(
            List<InetSocketAddress> secondaries, List<Network> allowed, Optional<Name> key) {
        this(secondaries, allowed, key, List.of());
    }

    /// @throws IllegalArgumentException for one secondary twice, or too many; for two sources of a
    ///   family
    public TransferPermission {
        sources = List.copyOf(sources);
        secondaries = List.copyOf(secondaries);
        allowed = List.copyOf(allowed);
        if (new HashSet<>(secondaries).size() < secondaries.size()) {
            throw new IllegalArgumentException("transfer-to names a server twice");
        }
        if (!isEachOfAnotherFamily(sources)) {
            throw new IllegalArgumentException(
                    "notify-source names at most one IPv4 and one IPv6 address");
        }
        if (secondaries.size() > MOST_SECONDARIES) {
            throw new IllegalArgumentException(
                    "transfer-to names at most " + MOST_SECONDARIES + " servers");
        }
    }

    private static boolean isEachOfAnotherFamily(List<InetAddress> addresses) {
        long ipv4 = addresses.stream().filter(Inet4Address.class::isInstance).count();
        return ipv4 <= 1 && addresses.size() - ipv4 <= 1;
    }

    /// Whether nobody can have the zone.
    public boolean isNone() {
        return secondaries.isEmpty() && allowed.isEmpty() && key.isEmpty();
    }

    /// Whether a client may fetch the zone.
    ///
    /// @param signedWith the key that its request proved to hold, if any
    boolean permits(InetAddress client, Optional<Name> signedWith) {
        return !isNone()
                && (key.isEmpty() || key.equals(signedWith))
                && (namesNoAddress() || names(client));
    }

    private boolean namesNoAddress() {
        return secondaries.isEmpty() && allowed.isEmpty();
    }

    private boolean names(InetAddress client) {
        return secondaries.stream().anyMatch(one -> one.getAddress().equals(client))
                || allowed.stream().anyMatch(network -> network.contains(client));
    }
}
