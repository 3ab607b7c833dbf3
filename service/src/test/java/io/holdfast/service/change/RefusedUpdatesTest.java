package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Issue 15, C4.
class RefusedUpdatesTest {
    private static final Name HOME = Name.of("home.dyn.test");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final RefusedUpdates refused =
            new RefusedUpdates(name -> name.toString().endsWith("dyn.test"), () -> now);

    @Test
    void areTheNewestFirstAndAlikeOnesAreOne() {
        add(HOME, "192.0.2.1", false, "badauth");
        add(HOME, "192.0.2.2", true, "notfqdn");
        add(HOME, "192.0.2.1", false, "badauth");

        assertThat(text(HOME))
                .containsExactly("badauth from 192.0.2.1, 2", "notfqdn from 192.0.2.2, 1");
    }

    @Test
    void ofStrangersDoNotPushOutThoseOfWhoIsKnown() {
        add(HOME, "192.0.2.2", true, "notfqdn");
        for (int i = 0; i < 100; i++) {
            add(HOME, "198.51.100." + i, false, "badauth");
        }

        assertThat(text(HOME))
                .hasSize(1 + RefusedUpdates.MOST_OF_A_HOST)
                .endsWith("notfqdn from 192.0.2.2, 1")
                .startsWith("badauth from 198.51.100.99, 1");
    }

    @Test
    void areBoundedOverAllHosts() {
        add(HOME, "192.0.2.1", false, "badauth");
        for (int i = 0; i < RefusedUpdates.MOST_HOSTS; i++) {
            add(Name.of("h" + i + ".dyn.test"), "192.0.2.1", false, "badauth");
        }

        assertThat(text(HOME)).isEmpty();
        assertThat(text(Name.of("h0.dyn.test"))).hasSize(1);
    }

    @Test
    void areNotKeptOfNamesThatAreNoHosts() {
        add(Name.of("a.other.test"), "192.0.2.1", false, "badauth");

        assertThat(text(Name.of("a.other.test"))).isEmpty();
    }

    @Test
    void holdNothingThatCouldMisleadAReader() throws Exception {
        Origin origin =
                new Origin(InetAddress.ofLiteral("192.0.2.1"), "x\u001b[2J\u202e", "dyndns2");
        refused.add(HOME, origin, false, "badauth", "a\nb");

        RefusedUpdates.Refused one = refused.of(HOME).getFirst();
        assertThat(one.origin().agent()).isEqualTo("x<U+001B>[2J<U+202E>");
        assertThat(one.reason()).isEqualTo("a<U+000A>b");
    }

    private void add(Name host, String source, boolean known, String code) {
        now = now.plusSeconds(1);
        Origin origin = new Origin(InetAddress.ofLiteral(source), "ddclient", "dyndns2");
        refused.add(host, origin, known, code, "why");
    }

    private List<String> text(Name host) {
        return refused.of(host).stream()
                .map(r ->
                        r.code()
                                + " from "
                                + r.origin().source().getHostAddress()
                                + ", "
                                + r.times())
                .toList();
    }
}
