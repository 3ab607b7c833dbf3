package io.holdfast.net;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Links, addresses and routes as the Linux kernel lists them, each look over a socket of its own.
final class NetlinkHostNetwork implements HostNetwork {
    /// A listing that changes under our eyes is asked for again, this often at the most.
    private static final int ATTEMPTS = 5;

    /// The kernel answers at once; this only keeps a surprise from blocking the caller for ever.
    private static final int TIMEOUT_MILLIS = 5_000;

    private static final int REQUEST_DUMP = 0x1 | 0x300; // NLM_F_REQUEST, NLM_F_DUMP

    /// Whether this is a Linux on which we may make native calls.
    static boolean works() {
        if (!System.getProperty("os.name").equals("Linux") || ValueLayout.ADDRESS.byteSize() != 8) {
            return false;
        }
        try (RouteSocket _ = new RouteSocket(0)) {
            return true;
        } catch (IOException | IllegalCallerException | LinkageError e) {
            return false;
        }
    }

    @Override
    public List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (RouteMessage message : dump(RouteMessages.GET_LINK, 16)) {
            if (message instanceof RouteMessage.OfLink(_, Link link)) {
                links.add(link);
            }
        }
        return links;
    }

    @Override
    public List<HostAddress> addresses() throws IOException {
        List<HostAddress> addresses = new ArrayList<>();
        for (RouteMessage message : dump(RouteMessages.GET_ADDR, 8)) {
            if (message instanceof RouteMessage.OfAddress(_, HostAddress address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    @Override
    public List<DefaultRoute> defaultRoutes() throws IOException {
        List<DefaultRoute> routes = new ArrayList<>();
        for (RouteMessage message : dump(RouteMessages.GET_ROUTE, 12)) {
            if (message instanceof RouteMessage.OfDefaultRoute(_, DefaultRoute route)) {
                routes.add(route);
            }
        }
        return routes;
    }

    @Override
    public NetworkEvents events() throws IOException {
        return new NetlinkEvents();
    }

    private static List<RouteMessage> dump(int type, int bodySize) throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<RouteMessage> messages = dumpOnce(type, bodySize);
            if (attempt == ATTEMPTS || !messages.contains(new RouteMessage.Inconsistent())) {
                return messages; // the events of what changed meanwhile are on their way anyhow
            }
        }
    }

    private static List<RouteMessage> dumpOnce(int type, int bodySize) throws IOException {
        try (RouteSocket socket = new RouteSocket(0)) {
            socket.send(request(type, bodySize));
            byte[] datagram = new byte[RouteSocket.BUFFER];
            List<RouteMessage> messages = new ArrayList<>();
            while (true) {
                int length = socket.receive(datagram, TIMEOUT_MILLIS);
                if (length < 0) {
                    throw new IOException("the kernel's listing was cut short");
                }
                for (RouteMessage message : read(datagram, length)) {
                    switch (message) {
                        case RouteMessage.End(int errno) when errno != 0 ->
                                throw new IOException("netlink: " + Libc.words(errno));
                        case RouteMessage.End _ -> {
                            return messages;
                        }
                        case RouteMessage.Malformed(String why) ->
                                throw new IOException("unreadable kernel listing: " + why);
                        case RouteMessage.OfLink _,
                                RouteMessage.OfAddress _,
                                RouteMessage.OfDefaultRoute _,
                                RouteMessage.Inconsistent _ ->
                                messages.add(message);
                    }
                }
            }
        }
    }

    private static List<RouteMessage> read(byte[] datagram, int length) {
        return RouteMessages.read(
                ByteBuffer.wrap(datagram, 0, length).order(ByteOrder.nativeOrder()));
    }

    /// A header, and a body of zeros: every family, every link.
    private static byte[] request(int type, int bodySize) {
        int length = RouteMessages.HEADER + bodySize;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) type)
                .putShort((short) REQUEST_DUMP)
                .array();
    }
}
