package io.holdfast.dns.answer;

import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Found;
import io.holdfast.dns.zone.Hit;
import io.holdfast.dns.zone.LookupName;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;

/// Answers queries; one for each thread, for ever.
///
/// Allocates nothing and waits for nobody: `AllocationTest` holds it to that. Whatever arrives, the
/// result is a reply, [#DROP] or [#ELSEWHERE], never an exception.
public final class Answerer {
    /// No reply is to be sent.
    public static final int DROP = 0;

    /// Not for the answer path: an update, a notification, a transfer, or signed. Whoever serves
    /// those may have the message.
    public static final int ELSEWHERE = -1;

    /// How many aliases one reply follows. Chains of that length are mistakes; a loop ends by
    /// itself, because a name is not followed twice.
    static final int MOST_ALIASES = 16;

    private static final int LONGEST_MESSAGE = 0xFFFF;

    /// Not a response code: there is an alias to follow first.
    private static final int FOLLOW = -1;

    /// How a query came: decides how long a reply may be.
    public enum Transport {
        /// UDP: 512 octets, or what the query's EDNS allows, at most 1,232.
        DATAGRAM,
        /// TCP, and what is built on it: 65,535 octets.
        STREAM
    }

    /// Who answers what is no plain question.
    public enum Others {
        /// Nobody but us: we say that it is not implemented, or refused, and signatures mean
        /// nothing.
        NONE,
        /// Somebody else: [#answer] gives [#ELSEWHERE].
        SERVED
    }

    private final Published<Zones> zones;
    private final Others others;
    private final Query query = new Query();
    private final ReplyWriter reply = new ReplyWriter();
    private final Hit hit = new Hit();
    private final LookupName target = new LookupName();
    private final Additional additional = new Additional();

    /// Names already looked for, by fingerprint.
    private final long[] followed = new long[MOST_ALIASES];

    /// The name looked for now: the question's, or the target of an alias.
    private LookupName name = query.name;

    /// Where it stands in the reply.
    private int nameAt;

    public Answerer(Published<Zones> zones, Others others) {
        this.zones = zones;
        this.others = others;
    }

    /// Packet from `in`, reply to `out`; returns the reply's length, [#DROP] or [#ELSEWHERE].
    ///
    /// @param length of the packet in `in`
    /// @param out as long as the longest reply the transport may carry: 1,232 or 65,535 octets;
    ///   with less, replies are cut to what there is
    /// @throws IllegalArgumentException if `out` has fewer than 512 octets
    public int answer(byte[] in, int length, byte[] out, Transport transport) {
        if (out.length < Edns.LEAST_PAYLOAD) {
            throw new IllegalArgumentException("a reply may need 512 octets");
        }
        Query.Parsed parsed = query.read(in, length);
        if (parsed == Query.Parsed.NOT_A_QUERY) {
            return DROP;
        }
        if (others == Others.SERVED && query.isElsewhere(parsed)) {
            return ELSEWHERE;
        }
        int most =
                switch (transport) {
                    case DATAGRAM -> query.edns.mostPayload();
                    case STREAM -> LONGEST_MESSAGE;
                };
        reply.begin(in, query, out, Math.min(most, out.length));
        return switch (parsed) {
            case NOT_A_QUERY -> DROP;
            case MALFORMED -> reply.end(Rcode.FORMERR);
            case UPDATE, NOTIFY, UNSUPPORTED -> reply.end(Rcode.NOTIMP);
            case UNKNOWN_VERSION -> reply.end(Rcode.BADVERS);
            case TRANSFER, NOT_SERVED -> reply.end(Rcode.REFUSED);
            case QUESTION -> reply.end(resolve(zones.current()));
        };
    }

    /// RFC 1034 §4.3.2: finds the zone, goes down in it, and starts again at each alias. Returns
    /// the response code, which is that of the last name (RFC 6604 §2.1).
    private int resolve(Zones zones) {
        name = query.name;
        nameAt = Header.LENGTH;
        for (int aliases = 0; ; aliases++) {
            Zone zone = zones.forQuestion(name, query.type());
            if (zone == null) { // an alias may lead to where we do not answer
                return aliases == 0 ? Rcode.REFUSED : Rcode.NOERROR;
            }
            Found found = zone.find(name, query.type(), hit);
            if (aliases == 0 && found != Found.REFERRAL) {
                reply.authoritative();
            }
            int rcode =
                    switch (found) {
                        case RECORDS -> records(zone);
                        case ALIAS -> alias(aliases);
                        case RENAMED -> renamed(aliases);
                        case REFERRAL -> referral(zone);
                        case NO_DATA -> negative(Rcode.NOERROR, zone);
                        case NO_NAME -> negative(Rcode.NXDOMAIN, zone);
                    };
            if (rcode != FOLLOW) {
                return rcode;
            }
        }
    }

    private int records(Zone zone) {
        int start = reply.at();
        if (reply.answer(hit, name, nameAt)) {
            additional.add(reply, start, hit.type(), zone);
        }
        return Rcode.NOERROR;
    }

    private int negative(int rcode, Zone zone) {
        zone.soa(name, hit);
        reply.negative(hit, name, nameAt);
        return rcode;
    }

    private int referral(Zone zone) {
        int start = reply.at();
        // RFC 9471 §3: without its glue a referral may lead nowhere, so the client is to ask again.
        if (reply.authority(hit, name, nameAt) && !additional.add(reply, start, hit.type(), zone)) {
            reply.truncated();
        }
        return Rcode.NOERROR;
    }

    private int alias(int aliases) {
        int cnameAt = reply.at();
        return reply.answer(hit, name, nameAt) ? follow(cnameAt, aliases) : Rcode.NOERROR;
    }

    private int renamed(int aliases) {
        int dnameAt = reply.at();
        int prefix = name.offset(hit.ownerSuffix());
        if (!reply.answer(hit, name, nameAt)) {
            return Rcode.NOERROR;
        }
        int cnameAt = reply.at();
        if (!reply.renamed(dnameAt, nameAt, prefix)) {
            return Rcode.YXDOMAIN;
        }
        boolean answered = query.type() == Type.CNAME.value() || query.type() == Type.ANY.value();
        return answered || reply.isTruncated() ? Rcode.NOERROR : follow(cnameAt, aliases);
    }

    /// Goes on with the target of the CNAME just written, unless that has been met before.
    private int follow(int cnameAt, int aliases) {
        followed[aliases] = name.fingerprint();
        int targetAt = cnameAt + ReplyWriter.RECORD_HEADER;
        if (!reply.readName(target, targetAt) || aliases + 1 == MOST_ALIASES) {
            return Rcode.NOERROR;
        }
        for (int i = 0; i <= aliases; i++) {
            if (followed[i] == target.fingerprint()) {
                return Rcode.NOERROR;
            }
        }
        name = target;
        nameAt = targetAt;
        return FOLLOW;
    }
}
