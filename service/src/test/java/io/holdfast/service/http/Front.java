package io.holdfast.service.http;

import io.holdfast.service.RememberingDoor;
import io.holdfast.service.TestUpdates;
import io.holdfast.service.address.Network;
import io.holdfast.service.change.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// An HTTP front on loopback, between a gate and a door made for tests.
final class Front implements AutoCloseable {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    /// What an update gets to, unless the front stands before another door.
    final RememberingDoor door;

    final HttpFront http;

    private Front(
            List<String> listen,
            List<String> trusted,
            RememberingDoor door,
            Door before,
            List<Pages> pages,
            Duration arrival) {
        this.door = door;
        HttpSettings settings =
                new HttpSettings(
                        listen.stream()
                                .map(a -> new InetSocketAddress(InetAddress.ofLiteral(a), 0))
                                .toList(),
                        trusted.stream().map(Network::of).toList(),
                        Set.of(),
                        arrival);
        try {
            http = HttpFront.start(settings, TestUpdates.before(before), pages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Front with(Pages... pages) {
        RememberingDoor door = new RememberingDoor();
        List<String> listen = List.of("127.0.0.1", "::1");
        return new Front(listen, List.of(), door, door, List.of(pages), PATIENT);
    }

    static Front before(Door other) {
        return before(other, PATIENT);
    }

    /// @param arrival how long a request may take to arrive
    static Front before(Door other, Duration arrival) {
        RememberingDoor unused = new RememberingDoor();
        return new Front(List.of("127.0.0.1"), List.of(), unused, other, List.of(), arrival);
    }

    static Front trusting(String... proxies) {
        RememberingDoor door = new RememberingDoor();
        List<String> trusted = List.of(proxies);
        return new Front(List.of("127.0.0.1"), trusted, door, door, List.of(), PATIENT);
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
