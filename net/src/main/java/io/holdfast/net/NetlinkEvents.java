package io.holdfast.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Network events as the Linux kernel tells them.
final class NetlinkEvents implements NetworkEvents {
    // RTMGRP_LINK, _IPV4_IFADDR, _IPV4_ROUTE, _IPV6_IFADDR, _IPV6_ROUTE
    private static final int GROUPS = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;

    private final RouteSocket socket = new RouteSocket(GROUPS);
    private final byte[] datagram = new byte[RouteSocket.BUFFER];

    NetlinkEvents() throws IOException {}

    @Override
    public List<NetworkEvent> next() throws IOException {
        while (true) {
            int length = socket.receive(datagram, -1);
            if (length == RouteSocket.CLOSED) {
                return List.of();
            }
            if (length == RouteSocket.OVERRUN) {
                return List.of(new NetworkEvent.LookAgain("more changes than could be followed"));
            }
            List<NetworkEvent> events = events(datagram, length);
            if (!events.isEmpty()) {
                return events;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static List<NetworkEvent> events(byte[] datagram, int length) {
        List<NetworkEvent> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(datagram, 0, length).order(ByteOrder.nativeOrder());
        for (RouteMessage message : RouteMessages.read(bytes)) {
            switch (message) {
                case RouteMessage.OfLink(boolean gone, Link link) ->
                        events.add(
                                gone
                                        ? new NetworkEvent.LinkGone(link)
                                        : new NetworkEvent.LinkPresent(link));
                case RouteMessage.OfAddress(boolean gone, HostAddress address) ->
                        events.add(
                                gone
                                        ? new NetworkEvent.AddressGone(address)
                                        : new NetworkEvent.AddressPresent(address));
                case RouteMessage.OfDefaultRoute(_, DefaultRoute route) ->
                        events.add(new NetworkEvent.DefaultRouteChanged(route.ipv6()));
                case RouteMessage.Malformed(String why) ->
                        events.add(new NetworkEvent.LookAgain("unreadable kernel event: " + why));
                case RouteMessage.End _, RouteMessage.Inconsistent _ -> {} // only in listings
            }
        }
        return events;
    }
}
