package io.holdfast.agent.round;

import io.holdfast.agent.address.Family;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks one DNS server, or the system's. Each is asked in its turn, and all of them once more: a
/// datagram may be lost, and a server in trouble does not speak for the others.
public final class DnsLookup implements Lookup {
    /// For each try at each server.
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    static final int TRIES = 2;

    private final Supplier<List<InetSocketAddress>> servers;

    /// @param server looked up anew each time; the system's servers if empty, which are found out
    ///   anew each time, too
    public DnsLookup(Optional<InetSocketAddress> server) {
        this(
                server.<Supplier<List<InetSocketAddress>>>map(one -> () -> List.of(one))
                        .orElseGet(ResolvConf::ofThisHost));
    }

    DnsLookup(Supplier<List<InetSocketAddress>> servers) {
        this.servers = servers;
    }

    @Override
    public Published ask(String name, Set<Family> families) {
        Map<Family, Set<InetAddress>> addresses = new EnumMap<>(Family.class);
        boolean authoritative = true;
        long ttl = 0;
        try {
            for (Family family : families) {
                Message answer = answer(query(name, family));
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
            return new Published.Unknown(
                    OutsideText.printable(String.valueOf(failed.getMessage())));
        }
        return new Published.Answer(addresses, authoritative, Duration.ofSeconds(ttl));
    }

    /// The first answer that says whether there are such records.
    private Message answer(Message query) throws IOException {
        IOException last = new IOException("there is no DNS server to ask");
        List<InetSocketAddress> all = servers.get();
        for (int turn = 0; turn < TRIES; turn++) {
            for (InetSocketAddress server : all) {
                try {
                    return answer(query, server);
                } catch (IOException failed) {
                    last = failed;
                }
            }
        }
        throw last;
    }

    private static Message answer(Message query, InetSocketAddress server) throws IOException {
        Message answer;
        try {
            SimpleResolver resolver = new SimpleResolver(resolved(server));
            resolver.setTimeout(TIMEOUT);
            answer = resolver.send(query);
        } catch (IOException failed) {
            throw new IOException("the DNS gave no answer (" + failed.getMessage() + ")", failed);
        }
        if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
            throw new IOException("the DNS answered " + Rcode.string(answer.getRcode()));
        }
        return answer;
    }

    private static InetSocketAddress resolved(InetSocketAddress server)
            throws UnknownHostException {
        return server.isUnresolved()
                ? new InetSocketAddress(
                        InetAddress.getByName(server.getHostString()), server.getPort())
                : server;
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
