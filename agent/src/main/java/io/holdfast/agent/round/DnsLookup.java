package io.holdfast.agent.round;

import io.holdfast.agent.address.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks one DNS server, or the system's.
public final class DnsLookup implements Lookup {
    /// For each try; the system's servers are tried in turn, [#TRIES] times.
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    static final int TRIES = 2;

    private final Optional<InetSocketAddress> server;

    /// @param server looked up anew each time; the system's servers if empty
    public DnsLookup(Optional<InetSocketAddress> server) {
        this.server = server;
    }

    @Override
    public Published ask(String name, Set<Family> families) {
        Map<Family, Set<InetAddress>> addresses = new EnumMap<>(Family.class);
        boolean authoritative = true;
        long ttl = 0;
        try {
            Resolver resolver = resolver();
            for (Family family : families) {
                Message answer = resolver.send(query(name, family));
                if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
                    return new Published.Unknown(
                            "the DNS answered " + Rcode.string(answer.getRcode()));
                }
                authoritative &= answer.getHeader().getFlag(Flags.AA);
                Set<InetAddress> set = new HashSet<>();
                for (Record record : answer.getSection(Section.ANSWER)) {
                    if (address(record, family).map(set::add).isPresent()) {
                        ttl = Math.max(ttl, record.getTTL());
                    }
                }
                addresses.put(family, set);
            }
        } catch (IOException failed) {
            return new Published.Unknown("the DNS gave no answer (" + failed.getMessage() + ")");
        }
        return new Published.Answer(addresses, authoritative, Duration.ofSeconds(ttl));
    }

    private Resolver resolver() throws UnknownHostException {
        if (server.isEmpty()) {
            ExtendedResolver system = new ExtendedResolver();
            system.setTimeout(TIMEOUT);
            system.setRetries(TRIES);
            return system;
        }
        InetSocketAddress one = server.get();
        InetAddress address = InetAddress.getByName(one.getHostString());
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(address, one.getPort()));
        resolver.setTimeout(TIMEOUT);
        return resolver;
    }

    private static Message query(String name, Family family) throws TextParseException {
        Name owner = Name.fromString(name, Name.root);
        int type = family == Family.IPV4 ? Type.A : Type.AAAA;
        return Message.newQuery(Record.newRecord(owner, type, DClass.IN));
    }

    private static Optional<InetAddress> address(Record record, Family family) {
        return switch (record) {
            case ARecord a when family == Family.IPV4 -> Optional.of(plain(a.getAddress()));
            case AAAARecord aaaa when family == Family.IPV6 ->
                    Optional.of(plain(aaaa.getAddress()));
            default -> Optional.empty();
        };
    }

    /// dnsjava's addresses carry the owner's name, which is no part of the answer.
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 octets", impossible);
        }
    }
}
