package io.holdfast.cli.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The service's name server, asked as anybody would ask it.
public final class NameServer {
    private final SimpleResolver resolver;

    /// @param server where it listens
    public NameServer(InetSocketAddress server) {
        resolver = new SimpleResolver(server);
        resolver.setTimeout(Duration.ofSeconds(5));
    }

    /// The A records of a name, as text.
    public List<String> addresses(String name) throws IOException {
        Record question = Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN);
        Message reply = resolver.send(Message.newQuery(question));
        return reply.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    }
}
