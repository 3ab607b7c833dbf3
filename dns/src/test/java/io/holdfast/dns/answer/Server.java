package io.holdfast.dns.answer;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneText;
import io.holdfast.dns.zone.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// An answerer with zones from text, for tests. Queries are made and replies read by dnsjava, so
/// that nothing of ours reads itself.
final class Server {
    private final Answerer answerer;

    /// When and whence every query comes: as in RFC 9018, appendix A.1.
    private static final long NOW = 1_559_731_985;

    private final byte[] client = CourtesyTest.client();

    private Server(AnswerSettings settings, List<Zone> zones) {
        this(settings, Zones.of(zones));
    }

    private Server(AnswerSettings settings, Zones zones) {
        answerer = new Answerer(new Published<>(zones), Others.NONE, settings);
    }

    private Server(List<Zone> zones) {
        this(AnswerSettings.PLAIN, zones);
    }

    static Server of(AnswerSettings settings, String... zones) {
        return new Server(settings, Arrays.stream(zones).map(Server::zone).toList());
    }

    /// Serves zones, each begun by its SOA record.
    static Server of(String... zones) {
        return new Server(Arrays.stream(zones).map(Server::zone).toList());
    }

    /// @param apex of a zone of which nothing can be said
    static Server withUnavailable(String apex, String... zones) {
        return new Server(
                AnswerSettings.PLAIN,
                Zones.of(Arrays.stream(zones).map(Server::zone).toList(), List.of(Name.of(apex))));
    }

    static Server of(Zone zone) {
        return new Server(List.of(zone));
    }

    static Zone zone(String text) {
        var rrsets = ZoneText.rrsets(text);
        Name apex =
                rrsets.stream()
                        .filter(rrset -> rrset.type().equals(Type.SOA))
                        .findFirst()
                        .orElseThrow()
                        .owner();
        return Zone.of(apex, rrsets);
    }

    /// Asks as an old client does, over UDP and without EDNS: `NAME TYPE`.
    Reply ask(String question) {
        return ask(query(question), Transport.DATAGRAM);
    }

    Reply askByTcp(String question) {
        return ask(query(question), Transport.STREAM);
    }

    Reply ask(Message query) {
        return ask(query, Transport.DATAGRAM);
    }

    /// Asks with EDNS, version 0 unless changed.
    Reply askWithEdns(String question, int payload) {
        return ask(withEdns(question, payload, 0, false), Transport.DATAGRAM);
    }

    static Message query(String question) {
        String[] fields = question.strip().split("\\s+", 2);
        try {
            Message query = new Message(4711);
            query.addRecord(
                    Record.newRecord(
                            org.xbill.DNS.Name.fromString(fields[0]),
                            org.xbill.DNS.Type.value(fields[1], true),
                            DClass.IN),
                    Section.QUESTION);
            return query;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message withEdns(String question, int payload, int version, boolean dnssec) {
        Message query = query(question);
        int flags = dnssec ? ExtendedFlags.DO : 0;
        query.addRecord(new OPTRecord(payload, 0, version, flags), Section.ADDITIONAL);
        return query;
    }

    /// The reply's octets; none if the packet is dropped.
    byte[] exchange(byte[] packet, Transport transport) {
        byte[] out = new byte[transport == Transport.STREAM ? 0xFFFF : Edns.MOST_PAYLOAD];
        Arrays.fill(out, (byte) 0xEE); // what the reply before left there must not matter
        int length = answerer.answer(packet, packet.length, out, transport, client, NOW);
        return Arrays.copyOf(out, length);
    }

    private Reply ask(Message query, Transport transport) {
        return new Reply(exchange(query.toWire(), transport));
    }
}
