package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.DnsDouble;
import io.holdfast.agent.address.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class DnsLookupTest {
    private static final String HOME = "home.dyn.example";

    private final Map<String, String> published = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // serve() does
    private DnsDouble server;

    @BeforeEach
    void serve() throws IOException {
        server = new DnsDouble(published);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void saysWhatIsPublishedOfEachFamilyAskedFor() {
        published.put(HOME + " 4", "192.0.2.7");
        published.put(HOME + " 6", "2001:db8::7");
        assertThat(ask(EnumSet.allOf(Family.class)))
                .isEqualTo(
                        new Published.Answer(
                                Map.of(
                                        Family.IPV4, Set.of(InetAddress.ofLiteral("192.0.2.7")),
                                        Family.IPV6, Set.of(InetAddress.ofLiteral("2001:db8::7"))),
                                true,
                                Duration.ofSeconds(60)));
    }

    @Test
    void aNameThatIsNotThereHasNoAddresses() {
        server.rcode = Rcode.NXDOMAIN;
        assertThat(ask(EnumSet.of(Family.IPV4)))
                .isEqualTo(
                        new Published.Answer(Map.of(Family.IPV4, Set.of()), true, Duration.ZERO));
    }

    @Test
    void anAnswerOutOfACacheIsCalledOne() {
        server.authoritative = false;
        assertThat(((Published.Answer) ask(EnumSet.of(Family.IPV4))).authoritative()).isFalse();
    }

    @Test
    void aServerInTroubleHasSaidNothing() {
        server.rcode = Rcode.SERVFAIL;
        assertThat(ask(EnumSet.of(Family.IPV4)))
                .isEqualTo(new Published.Unknown("the DNS answered SERVFAIL"));
    }

    @Test
    void aServerThatIsNotThereHasSaidNothing() {
        server.close();
        assertThat(ask(EnumSet.of(Family.IPV4))).isInstanceOf(Published.Unknown.class);
    }

    @Test
    void theServersAreThoseOfTheMomentAndNotOfTheStart() throws IOException {
        List<InetSocketAddress> servers = new ArrayList<>(List.of(deadServer()));
        DnsLookup lookup = new DnsLookup(() -> servers);
        Set<Family> families = EnumSet.of(Family.IPV4);
        assertThat(lookup.ask(HOME, families)).isInstanceOf(Published.Unknown.class);

        servers.set(0, address());
        assertThat(lookup.ask(HOME, families)).isInstanceOf(Published.Answer.class);
    }

    @Test
    void aServerThatIsNotThereDoesNotHideTheNext() throws IOException {
        DnsLookup lookup = new DnsLookup(() -> List.of(deadServer(), address()));
        assertThat(lookup.ask(HOME, EnumSet.of(Family.IPV4))).isInstanceOf(Published.Answer.class);
    }

    @Test
    void aServerInTroubleDoesNotSpeakForTheNext() throws IOException {
        try (DnsDouble ill = new DnsDouble(published)) {
            ill.rcode = Rcode.SERVFAIL;
            DnsLookup lookup = new DnsLookup(() -> List.of(address(ill), address()));
            assertThat(lookup.ask(HOME, EnumSet.of(Family.IPV4)))
                    .isInstanceOf(Published.Answer.class);
        }
    }

    /// Refuses datagrams, as loopback does where nobody listens.
    private static InetSocketAddress deadServer() {
        return InetSocketAddress.createUnresolved("127.0.0.1", 1);
    }

    private InetSocketAddress address() {
        return address(server);
    }

    private static InetSocketAddress address(DnsDouble server) {
        String[] parts = server.address().split(":");
        return InetSocketAddress.createUnresolved(parts[0], Integer.parseInt(parts[1]));
    }

    private Published ask(Set<Family> families) {
        String[] parts = server.address().split(":");
        return new DnsLookup(
                        Optional.of(
                                InetSocketAddress.createUnresolved(
                                        parts[0], Integer.parseInt(parts[1]))))
                .ask(HOME, families);
    }
}
