package io.holdfast.dns.answer;

import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.Found;
import io.holdfast.dns.zone.Hit;
import io.holdfast.dns.zone.LookupName;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import org.jspecify.annotations.Nullable;

/// Answers queries; one for each thread, for ever.
///
/// Allocates nothing and waits for nobody: `AllocationTest` holds it to that. Whatever arrives, the
/// result is a reply, [#DROP] or [#TO_HANDLER], never an exception.
public final class Answerer {
    /// No reply is to be sent.
    public static final int DROP = 0;

    /// Not for the answer path: an update, a notification, a transfer, or signed. The handler of
    /// such messages is to have it.
    public static final int TO_HANDLER = -1;

    /// How many aliases one reply follows. Chains of that length are mistakes; a loop ends by
    /// itself, because a name is not followed twice.
    static final int MOST_ALIASES = 16;

    private static final int LONGEST_MESSAGE = 0xFFFF;

    /// No response code yet: there is an alias to follow first.
    private static final @Nullable Rcode FOLLOW = null;

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
        /// Somebody else: [#answer] gives [#TO_HANDLER].
        SERVED
    }

    private static final byte[] NOTHING = {};
    private static final long ERROR = 0;

    private final Published<Zones> zones;
    private final Others others;
    private final Cookies cookies;
    private final RateLimiter limiter;
    private final Chaos chaos;
    private final byte[] nsid;
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

    /// Tells responses apart for the limiter: what the first name looked for came to.
    private long response;

    public Answerer(Published<Zones> zones, Others others, AnswerSettings settings) {
        this.zones = zones;
        this.others = others;
        cookies = new Cookies(settings.cookieSecrets());
        limiter = settings.limiter();
        chaos = new Chaos(settings);
        nsid = settings.nsid().map(AnswerSettings::octets).orElse(NOTHING);
    }

    /// One that says nothing about itself, and limits nobody.
    public Answerer(Published<Zones> zones, Others others) {
        this(zones, others, AnswerSettings.PLAIN);
    }

    /// As the other, where it is not known who asks: without cookies and limits.
    public int answer(byte[] in, int length, byte[] out, Transport transport) {
        return answer(in, length, out, transport, null, 0);
    }

    /// Packet from `in`, reply to `out`; returns the reply's length, [#DROP] or [#TO_HANDLER].
    ///
    /// @param length of the packet in `in`
    /// @param out as long as the longest reply the transport may carry: 1,232 or 65,535 octets;
    ///   with less, replies are cut to what there is
    /// @param client who asks: 16 octets, an IPv4 address mapped ([ClientRange#mapped])
    /// @param nowSeconds since 1970
    /// @throws IllegalArgumentException if `out` has fewer than 512 octets
    public int answer(
            byte[] in,
            int length,
            byte[] out,
            Transport transport,
            byte @Nullable [] client,
            long nowSeconds) {
        if (out.length < Edns.LEAST_PAYLOAD) {
            throw new IllegalArgumentException("a reply may need 512 octets");
        }
        Query.Parsed parsed = query.read(in, length);
        if (parsed == Query.Parsed.NOT_A_QUERY) {
            return DROP;
        }
        if (others == Others.SERVED && query.isForHandler(parsed)) {
            return TO_HANDLER;
        }
        boolean cookie = false;
        boolean known = false;
        if (client != null && cookies.areOn() && query.edns.cookieLength() > 0) {
            cookie = true;
            known = isKnown(in, client, nowSeconds);
        }
        begin(in, out, transport, cookie);
        Rcode rcode = rcode(parsed, cookie);
        if (transport == Transport.DATAGRAM && limiter.isOn() && client != null && !known) {
            switch (limiter.count(client, response, nowSeconds)) {
                case SEND -> {}
                case SLIP -> {
                    reply.empty();
                    return reply.end(Rcode.NOERROR);
                }
                case DROP -> {
                    return DROP;
                }
            }
        }
        return reply.end(rcode);
    }

    private boolean isKnown(byte[] in, byte[] client, long nowSeconds) {
        Edns edns = query.edns;
        return cookies.check(in, edns.cookieAt(), edns.cookieLength(), client, nowSeconds);
    }

    private void begin(byte[] in, byte[] out, Transport transport, boolean cookie) {
        int most =
                switch (transport) {
                    case DATAGRAM -> query.edns.mostPayload();
                    case STREAM -> LONGEST_MESSAGE;
                };
        byte[] nsidTold = query.edns.asksNsid() ? nsid : NOTHING;
        byte[] cookieTold = cookie ? cookies.cookie() : NOTHING;
        reply.begin(in, query, out, Math.min(most, out.length), nsidTold, cookieTold);
    }

    private Rcode rcode(Query.Parsed parsed, boolean cookie) {
        response = ERROR; // for the limiter they are all alike
        return switch (parsed) {
            case NOT_A_QUERY, MALFORMED -> Rcode.FORMERR;
            case UPDATE, NOTIFY, UNSUPPORTED -> error(Rcode.NOTIMP, ExtendedError.NOT_SUPPORTED);
            case UNKNOWN_VERSION -> Rcode.BADVERS;
            case TRANSFER -> Rcode.REFUSED;
            case NOT_SERVED -> error(Rcode.REFUSED, ExtendedError.NOT_SUPPORTED);
            case COOKIE_ONLY -> cookie ? Rcode.NOERROR : Rcode.FORMERR;
            case CHAOS -> chaos();
            case QUESTION -> resolve(zones.current());
        };
    }

    private Rcode error(Rcode rcode, ExtendedError why) {
        reply.because(why);
        return rcode;
    }

    private Rcode chaos() {
        byte[] record = chaos.find(query.name);
        if (record == null) {
            return Rcode.REFUSED;
        }
        reply.authoritative();
        if (query.type() == Type.TXT.value() || query.type() == Type.ANY.value()) {
            reply.answer(record);
        }
        return Rcode.NOERROR;
    }

    /// RFC 1034 §4.3.2: finds the zone, goes down in it, and starts again at each alias. Returns
    /// the response code, which is that of the last name (RFC 6604 §2.1).
    private Rcode resolve(Zones zones) {
        name = query.name;
        nameAt = Header.LENGTH;
        for (int aliases = 0; ; aliases++) {
            Zone zone = zones.forQuestion(name, query.type());
            if (zone == null) { // an alias may lead to where we do not answer
                return aliases == 0
                        ? error(Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE)
                        : Rcode.NOERROR;
            }
            if (!zone.isAvailable()) { // RFC 8914 §4.15: ours, and not ready to be answered from
                return aliases == 0
                        ? error(Rcode.SERVFAIL, ExtendedError.NOT_READY)
                        : Rcode.NOERROR;
            }
            Found found = zone.find(name, query.type(), hit);
            if (aliases == 0 && found != Found.REFERRAL) {
                reply.authoritative();
            }
            if (aliases == 0) {
                response = response(found, zone);
            }
            Rcode rcode =
                    switch (found) {
                        case RECORDS -> records(zone);
                        case CNAME -> alias(aliases);
                        case DNAME -> dname(aliases);
                        case REFERRAL -> referral(zone);
                        case NODATA -> negative(Rcode.NOERROR, zone);
                        case NXDOMAIN -> negative(Rcode.NXDOMAIN, zone);
                    };
            if (rcode != null) {
                return rcode;
            }
        }
    }

    /// Tells what was found apart as others do: by name and kind of answer; but all that one zone,
    /// wildcard, delegation or DNAME says to names without number is one.
    private long response(Found found, Zone zone) {
        return switch (found) {
            case RECORDS, CNAME -> name.fingerprint(hit.sourceSuffix());
            case NODATA -> name.fingerprint(hit.sourceSuffix()) + 1;
            case DNAME, REFERRAL -> name.fingerprint(hit.ownerSuffix()) + 2;
            case NXDOMAIN -> name.fingerprint(zone.suffix(name)) + 3;
        };
    }

    private Rcode records(Zone zone) {
        int start = reply.at();
        if (reply.answer(hit, name, nameAt)) {
            additional.add(reply, start, hit.type(), zone, name, nameAt);
        }
        return Rcode.NOERROR;
    }

    private Rcode negative(Rcode rcode, Zone zone) {
        zone.soa(name, hit);
        reply.negative(hit, name, nameAt);
        return rcode;
    }

    private Rcode referral(Zone zone) {
        int start = reply.at();
        // RFC 9471 §3: without its glue a referral may lead nowhere, so the client is to ask again.
        if (reply.authority(hit, name, nameAt)
                && !additional.add(reply, start, hit.type(), zone, name, nameAt)) {
            reply.truncated();
        }
        return Rcode.NOERROR;
    }

    private @Nullable Rcode alias(int aliases) {
        int cnameAt = reply.at();
        return reply.answer(hit, name, nameAt) ? follow(cnameAt, aliases) : Rcode.NOERROR;
    }

    private @Nullable Rcode dname(int aliases) {
        int dnameAt = reply.at();
        int prefix = name.offset(hit.ownerSuffix());
        if (!reply.answer(hit, name, nameAt)) {
            return Rcode.NOERROR;
        }
        int cnameAt = reply.at();
        if (!reply.dname(dnameAt, nameAt, prefix)) {
            return Rcode.YXDOMAIN;
        }
        boolean answered = query.type() == Type.CNAME.value() || query.type() == Type.ANY.value();
        return answered || reply.isTruncated() ? Rcode.NOERROR : follow(cnameAt, aliases);
    }

    /// Goes on with the target of the CNAME just written, unless that has been met before.
    private @Nullable Rcode follow(int cnameAt, int aliases) {
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
