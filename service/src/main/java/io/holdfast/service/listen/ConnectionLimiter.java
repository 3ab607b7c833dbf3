package io.holdfast.service.listen;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Limits TCP connections, in all and of each client, over all addresses that we listen on.
final class ConnectionLimiter {
    private final int mostPerClient;
    private final Semaphore places;
    private final Map<Long, Integer> held = new ConcurrentHashMap<>();

    ConnectionLimiter(TcpLimits limits) {
        mostPerClient = limits.connectionsPerClient();
        places = new Semaphore(limits.connections());
    }

    /// @return whether there is a place; then [#leave] must follow, once
    boolean enter(InetAddress client) {
        if (!places.tryAcquire()) {
            return false;
        }
        int now;
        try {
            now = held.merge(key(client), 1, Integer::sum);
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
        if (now > mostPerClient) {
            leave(client);
            return false;
        }
        return true;
    }

    void leave(InetAddress client) {
        held.computeIfPresent(key(client), (_, count) -> count == 1 ? null : count - 1);
        places.release();
    }

    /// One customer commonly has a whole IPv6 /64, so that counts as one client. No IPv4 address
    /// looks like a /64 in use: those begin at 2000::.
    private static Long key(InetAddress client) {
        ByteBuffer octets = ByteBuffer.wrap(client.getAddress());
        return client instanceof Inet6Address ? octets.getLong() : octets.getInt() & 0xFFFF_FFFFL;
    }
}
