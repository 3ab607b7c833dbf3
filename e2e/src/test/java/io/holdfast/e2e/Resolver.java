package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Asks one name server from inside a namespace, over one socket, hundreds of times a second if
/// need be.
final class Resolver implements AutoCloseable {
    private final DatagramSocket socket;

    Resolver(Namespace namespace, String host, int port) {
        socket = Inside.socket(namespace, host, port);
    }

    /// The record data of all answers, as text; empty if there are none.
    List<String> ask(String name, String type) {
        return answers(name + ".", type).stream().map(Record::rdataToString).toList();
    }

    /// TTL and record data of all answers, as text, sorted; empty if there are none.
    ///
    /// @param name with its last dot
    List<String> askWithTtls(String name, String type) {
        return answers(name, type).stream()
                .map(record -> record.getTTL() + " " + record.rdataToString())
                .sorted()
                .toList();
    }

    private List<Record> answers(String name, String type) {
        try {
            Record question = Record.newRecord(Name.fromString(name), Type.value(type), DClass.IN);
            Message query = Message.newQuery(question);
            Message reply;
            do { // an answer that comes late belongs to the question before
                reply = new Message(Inside.exchange(socket, query.toWire()));
            } while (reply.getHeader().getID() != query.getHeader().getID());
            return reply.getSection(Section.ANSWER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
