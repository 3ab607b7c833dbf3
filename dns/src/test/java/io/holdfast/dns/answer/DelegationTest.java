package io.holdfast.dns.answer;

import org.junit.jupiter.api.Test;

/// Zone cuts (RFC 1034 §4.2.1), glue (RFC 9471).
class DelegationTest {
    private final Server server =
            Server.of(
                    """
                    example.org.             60 SOA  ns1.example.org. hostmaster.example.org. 1 3600 900 1209600 60
                    example.org.             60 NS   ns1.example.org.
                    ns1.example.org.         60 A    192.0.2.53
                    sub.example.org.         60 NS   ns.sub.example.org.
                    sub.example.org.         60 NS   ns.example.com.
                    sub.example.org.         60 NS   ns1.example.org.
                    sub.example.org.         60 DS   1 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF
                    ns.sub.example.org.      60 A    192.0.2.54
                    ns.sub.example.org.      60 AAAA 2001:db8::54
                    """);

    @Test
    void namesAtAndBelowACutAreReferred() {
        for (String question :
                new String[] {
                    "sub.example.org. A",
                    "sub.example.org. NS",
                    "sub.example.org. ANY",
                    "a.b.sub.example.org. A",
                    "ns.sub.example.org. A"
                }) {
            server.ask(question)
                    .refersTo(
                            "sub.example.org. 60 NS ns.sub.example.org.",
                            "sub.example.org. 60 NS ns.example.com.",
                            "sub.example.org. 60 NS ns1.example.org.")
                    .inAdditional(
                            "ns.sub.example.org. 60 A 192.0.2.54",
                            "ns.sub.example.org. 60 AAAA 2001:db8:0:0:0:0:0:54",
                            "ns1.example.org. 60 A 192.0.2.53");
        }
    }

    @Test
    void aServerNamedByAWildcardComesWithItsAddress() {
        Server.of(
                        """
                        test.      60 SOA  ns1.test. hostmaster.test. 1 3600 900 1209600 60
                        sub.test.  60 NS   ns.w.test.
                        *.w.test.  60 A    192.0.2.55
                        """)
                .ask("sub.test. A")
                .refersTo("sub.test. 60 NS ns.w.test.")
                .inAdditional("ns.w.test. 60 A 192.0.2.55");
    }

    @Test
    void theDsOfACutIsOurs() {
        server.ask("sub.example.org. DS")
                .answers(
                        "sub.example.org. 60 DS 1 13 2"
                                + " 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF");
        server.ask("a.sub.example.org. DS").isAuthoritative(false);
    }

    @Test
    void glueThatDoesNotFitAsksForTcp() {
        StringBuilder zone =
                new StringBuilder("test. 60 SOA ns.test. hostmaster.test. 1 3600 900 1209600 60\n");
        for (int i = 0; i < 12; i++) {
            zone.append("sub.test. 60 NS ns%d.sub.test.\n".formatted(i));
            zone.append("ns%d.sub.test. 60 AAAA 2001:db8::%d\n".formatted(i, i));
        }
        Server many = Server.of(zone.toString());

        many.ask("h.sub.test. A").isTruncated(true).isNoLongerThan(512);
        many.askByTcp("h.sub.test. A").isTruncated(false);
    }
}
