package io.holdfast.service.http;

import io.holdfast.service.KnownCredentials;
import io.holdfast.service.RememberingDoor;
import io.holdfast.service.address.Network;
import io.holdfast.service.change.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// An HTTP front on loopback, between a gate and a door made for tests.
final class Front implements AutoCloseable {
    /// What an update gets to, unless the front stands before another door.
    final RememberingDoor door;

    final HttpFront http;

    private Front(
            List<String> listen,
            List<String> trusted,
            RememberingDoor door,
            Door before,
            List<Pages> pages) {
        this.door = door;
        HttpSettings settings =
                new HttpSettings(
                        listen.stream()
                                .map(a -> new InetSocketAddress(InetAddress.ofLiteral(a), 0))
                                .toList(),
                        trusted.stream().map(Network::of).toList(),
                        Set.of());
        try {
            http = HttpFront.start(settings, new KnownCredentials(), before, pages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Front with(Pages... pages) {
        RememberingDoor door = new RememberingDoor();
        return new Front(List.of("127.0.0.1", "::1"), List.of(), door, door, List.of(pages));
    }

    static Front before(Door other) {
        return new Front(List.of("127.0.0.1"), List.of(), new RememberingDoor(), other, List.of());
    }

    static Front trusting(String... proxies) {
        RememberingDoor door = new RememberingDoor();
        return new Front(List.of("127.0.0.1"), List.of(proxies), door, door, List.of());
    }

    Wire connect() {
        return new Wire(http.addresses().getFirst());
    }

    Wire connectOverIpv6() {
        return new Wire(http.addresses().get(1));
    }

    /// One exchange on a connection of its own.
    String ask(String request) {
        try (Wire wire = connect()) {
            return wire.say(request).hear();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
