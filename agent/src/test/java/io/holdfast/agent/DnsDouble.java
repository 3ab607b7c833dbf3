package io.holdfast.agent;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server on loopback, UDP alone, that answers out of a map such as
/// [ProviderDouble#published].
public final class DnsDouble implements AutoCloseable {
    public volatile boolean authoritative = true;
    public volatile int rcode = Rcode.NOERROR;
    final AtomicInteger asked = new AtomicInteger();

    private final Map<String, String> published;
    private final DatagramSocket socket;
    private final String address;

    public DnsDouble(Map<String, String> published) throws IOException {
        this.published = published;
        this.socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = "127.0.0.1:" + socket.getLocalPort();
        Thread.ofVirtual().start(this::serve);
    }

    /// As `resolver` wants it.
    public String address() {
        return address;
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] reply = reply(new Message(Arrays.copyOf(buffer, packet.getLength())));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] reply(Message query) throws IOException {
        asked.incrementAndGet();
        Record question = query.getQuestion();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        if (authoritative) {
            reply.getHeader().setFlag(Flags.AA);
        }
        reply.getHeader().setRcode(rcode);
        reply.addRecord(question, Section.QUESTION);
        String name = question.getName().toString(true);
        String address = published.get(name + (question.getType() == Type.A ? " 4" : " 6"));
        if (address != null && rcode == Rcode.NOERROR) {
            reply.addRecord(
                    Record.fromString(
                            question.getName(),
                            question.getType(),
                            DClass.IN,
                            60,
                            address,
                            Name.root),
                    Section.ANSWER);
        }
        return reply.toWire();
    }

    @Override
    public void close() {
        socket.close();
    }
}
