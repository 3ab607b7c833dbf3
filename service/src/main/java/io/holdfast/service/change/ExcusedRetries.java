package io.holdfast.service.change;

import io.holdfast.dns.Name;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Hosts whose client was last told that we failed. When it tries again, as it must, that is not
/// held against it, even if its address turns out to be right already.
///
/// Kept in memory only: the disk may be what failed. Safe for any number of threads.
final class ExcusedRetries {
    /// Beyond so many hosts further ones are not remembered.
    private static final int MOST = 1_000_000;

    private final Set<Name> hosts = ConcurrentHashMap.newKeySet();

    boolean contains(Name host) {
        return hosts.contains(host);
    }

    void add(Name host) {
        if (hosts.size() < MOST) {
            hosts.add(host);
        }
    }

    void remove(Name host) {
        hosts.remove(host);
    }
}
