package io.holdfast.dns.answer;

import org.junit.jupiter.api.Test;

/// Wildcards, with the zone and the questions of RFC 4592 §2.2.1.
class WildcardTest {
    private final Server server =
            Server.of(
                    """
                    example.                3600 SOA   ns.example.com. hostmaster.example. 1 3600 900 1209600 60
                    example.                3600 NS    ns.example.com.
                    *.example.              3600 TXT   "this is a wildcard"
                    *.example.              3600 MX    10 host1.example.
                    sub.*.example.          3600 TXT   "this is not a wildcard"
                    host1.example.          3600 A     192.0.2.1
                    _ssh._tcp.host1.example. 3600 SRV  0 0 22 host1.example.
                    _ssh._tcp.host2.example. 3600 SRV  0 0 22 host1.example.
                    subdel.example.         3600 NS    ns.example.com.
                    *.alias.example.        3600 CNAME host1.example.
                    """);

    @Test
    void aWildcardAnswersForNamesThatDoNotExist() {
        server.ask("host3.example. MX").answers("host3.example. 3600 MX 10 host1.example.");
        server.ask("foo.bar.example. TXT")
                .answers("foo.bar.example. 3600 TXT \"this is a wildcard\"");
        server.ask("host3.example. A").saysNoData();
    }

    @Test
    void aWildcardDoesNotCoverAnExistingName() {
        server.ask("host1.example. MX").saysNoData();
        server.ask("_telnet._tcp.host1.example. SRV").saysNoName();
    }

    @Test
    void aWildcardDoesNotCoverAnEmptyNonTerminalNorNamesBelowOne() {
        server.ask("host2.example. MX").saysNoData();
        server.ask("_tcp.host2.example. MX").saysNoData();
        server.ask("x.host2.example. MX").saysNoName();
    }

    @Test
    void aWildcardDoesNotReachIntoADelegation() {
        server.ask("host.subdel.example. A").refersTo("subdel.example. 3600 NS ns.example.com.");
    }

    @Test
    void aWildcardCanBeAskedForByItsOwnName() {
        server.ask("*.example. TXT").answers("*.example. 3600 TXT \"this is a wildcard\"");
        server.ask("sub.*.example. TXT")
                .answers("sub.*.example. 3600 TXT \"this is not a wildcard\"");
        server.ask("ghost.*.example. MX").saysNoName();
    }

    @Test
    void aWildcardCanBeAnAlias() {
        server.ask("www.alias.example. A")
                .answers(
                        "www.alias.example. 3600 CNAME host1.example.",
                        "host1.example. 3600 A 192.0.2.1");
    }
}
