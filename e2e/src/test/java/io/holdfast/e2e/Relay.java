package io.holdfast.e2e;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between an agent and its service, passes every update on, writes down what was said, and
/// lets a test act at exact moments of an exchange.
final class Relay implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("[?&]myip=([^ &]+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    /// The moments of one exchange, in their order.
    enum Moment {
        REQUEST_ARRIVED,
        REQUEST_FORWARDED,
        REPLY_ARRIVED,
        REPLY_DELIVERED
    }

    /// An update that the service answered.
    record Exchange(String address, String reply) {}

    private final ServerSocket entrance;
    private final IntSupplier servicePort;
    private final List<Exchange> answered = new CopyOnWriteArrayList<>();
    private final Object calling = new Object();
    private Consumer<Moment> hook = moment -> {};

    Relay(IntSupplier servicePort) throws IOException {
        this.servicePort = servicePort;
        entrance = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /// Every update the service answered, in order, whether or not the agent lived to hear of it.
    List<Exchange> answered() {
        return List.copyOf(answered);
    }

    /// Has `next` called at every moment of every exchange from now on, one at a time. Returns once
    /// a call that is under way has come back.
    void at(Consumer<Moment> next) {
        synchronized (calling) {
            hook = next;
        }
    }

    private void reached(Moment moment) {
        synchronized (calling) {
            hook.accept(moment);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket agent = entrance.accept();
                Thread.ofVirtual().start(() -> serve(agent));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket agent) {
        try (agent) {
            while (true) {
                pass(agent);
            }
        } catch (IOException hungUp) {
            // The agent or the service was killed, or the agent had no more to say.
        }
    }

    private void pass(Socket agent) throws IOException {
        byte[] request = head(agent.getInputStream());
        reached(Moment.REQUEST_ARRIVED);
        byte[] reply;
        try (Socket service =
                new Socket(InetAddress.getLoopbackAddress(), servicePort.getAsInt())) {
            service.getOutputStream().write(request);
            reached(Moment.REQUEST_FORWARDED);
            reply = wholeReply(service.getInputStream());
        }
        answered.add(new Exchange(addressIn(request), bodyOf(reply)));
        reached(Moment.REPLY_ARRIVED);
        agent.getOutputStream().write(reply);
        reached(Moment.REPLY_DELIVERED);
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!text(read).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            read.write(octet);
        }
        return read.toByteArray();
    }

    private static byte[] wholeReply(InputStream in) throws IOException {
        byte[] head = head(in);
        Matcher length = LENGTH.matcher(new String(head, StandardCharsets.ISO_8859_1));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head);
        whole.write(body);
        return whole.toByteArray();
    }

    private static String addressIn(byte[] request) {
        Matcher found = ADDRESS.matcher(new String(request, StandardCharsets.ISO_8859_1));
        return found.find() ? found.group(1) : "";
    }

    private static String bodyOf(byte[] reply) {
        String text = new String(reply, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("\r\n\r\n") + 4).strip();
    }

    private static String text(ByteArrayOutputStream read) {
        return read.toString(StandardCharsets.ISO_8859_1);
    }
}
