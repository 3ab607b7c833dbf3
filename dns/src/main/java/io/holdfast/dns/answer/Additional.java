package io.holdfast.dns.answer;

import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Hit;
import io.holdfast.dns.zone.LookupName;
import io.holdfast.dns.zone.Zone;

/// Adds the addresses of hosts that records in a reply name: glue of a referral, and what saves a
/// resolver its next question about NS, MX, SRV, SVCB and HTTPS (RFC 1035 §3.3.9, §3.3.11; RFC
/// 2782; RFC 9460 §4.1).
final class Additional {
    /// So many hosts are looked at in one reply, however long an RRset is.
    private static final int MOST_HOSTS = 32;

    private static final int NO_HOST = -1;
    private static final int SVCB = 64;
    private static final int HTTPS = 65;

    private final LookupName host = new LookupName();
    private final Hit hit = new Hit();
    private final long[] seen = new long[MOST_HOSTS];

    /// Adds addresses for all records from `from` on.
    ///
    /// @param from where in the reply the first of these records is
    /// @param type of these records; for most types there is nothing to add
    /// @param name their owner
    /// @param nameAt where in the reply that stands
    /// @return whether every address that the zone has got into the reply
    boolean add(ReplyWriter reply, int from, int type, Zone zone, LookupName name, int nameAt) {
        int before = before(type);
        if (before == NO_HOST) {
            return true;
        }
        boolean all = true;
        int hosts = 0;
        int end = reply.at();
        for (int p = from; p < end && hosts < MOST_HOSTS; ) {
            int hostAt = p + ReplyWriter.RECORD_HEADER + before;
            if (reply.readName(host, hostAt) && isNew(hosts)) {
                seen[hosts++] = host.fingerprint();
                all &=
                        isService(type)
                                ? addService(reply, hostAt, type, zone, name, nameAt)
                                : addAddresses(host, hostAt, zone, reply);
            }
            p = reply.next(p);
        }
        return all;
    }

    /// RFC 9460 §4.1: an alias leads to records of its own type, too; §2.5: the target `.` is the
    /// owner, or nothing for an alias.
    private boolean addService(
            ReplyWriter reply, int hostAt, int type, Zone zone, LookupName name, int nameAt) {
        boolean alias = reply.u16(hostAt - Short.BYTES) == 0; // the priority
        if (host.labels() == 0) {
            return alias || addAddresses(name, nameAt, zone, reply);
        }
        boolean all = !alias || add(host, type, hostAt, zone, reply);
        return addAddresses(host, hostAt, zone, reply) && all;
    }

    private boolean addAddresses(LookupName host, int hostAt, Zone zone, ReplyWriter reply) {
        boolean all = add(host, Type.A.value(), hostAt, zone, reply);
        return add(host, Type.AAAA.value(), hostAt, zone, reply) && all;
    }

    private boolean add(LookupName host, int type, int hostAt, Zone zone, ReplyWriter reply) {
        return !zone.addresses(host, type, hit) || reply.additional(hit, hostAt);
    }

    private boolean isNew(int hosts) {
        for (int i = 0; i < hosts; i++) {
            if (seen[i] == host.fingerprint()) {
                return false;
            }
        }
        return true;
    }

    /// How many octets of the data precede the name of a host.
    private static int before(int type) {
        if (type == Type.NS.value()) {
            return 0;
        }
        if (type == Type.MX.value() || isService(type)) {
            return 2; // preference, or priority
        }
        if (type == Type.SRV.value()) {
            return 6; // priority, weight and port
        }
        return NO_HOST;
    }

    private static boolean isService(int type) {
        return type == SVCB || type == HTTPS;
    }
}
