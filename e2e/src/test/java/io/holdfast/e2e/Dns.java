package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Asks a name server on loopback, as any resolver would.
final class Dns {
    private Dns() {}

    /// The record data of all answers, as text; empty for NODATA.
    ///
    /// @throws AssertionError for any RCODE but NOERROR
    static List<String> ask(int port, String name, String type) {
        Message reply = query(port, name, type);
        if (reply.getRcode() != Rcode.NOERROR) {
            throw new AssertionError(name + " " + type + ": " + Rcode.string(reply.getRcode()));
        }
        return reply.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
    }

    /// As [#ask], but empty as well while no name server is there.
    static List<String> askIfThere(int port, String name, String type) {
        try {
            return ask(port, name, type);
        } catch (UncheckedIOException notThere) {
            return List.of();
        }
    }

    static Message query(int port, String name, String type) {
        try {
            SimpleResolver resolver =
                    new SimpleResolver(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            resolver.setTimeout(Duration.ofSeconds(5));
            return resolver.send(
                    Message.newQuery(
                            Record.newRecord(
                                    Name.fromString(name + "."), Type.value(type), DClass.IN)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
