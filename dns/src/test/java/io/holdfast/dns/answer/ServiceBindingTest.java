package io.holdfast.dns.answer;

import org.junit.jupiter.api.Test;

/// What goes with SVCB and HTTPS records (RFC 9460 §4.1).
class ServiceBindingTest {
    private final Server server =
            Server.of(
                    """
                    test.       60 SOA   ns1.test. hostmaster.test. 1 3600 900 1209600 60
                    www.test.   60 HTTPS 1 pool.test. alpn=h3
                    own.test.   60 HTTPS 1 . alpn=h2
                    own.test.   60 A     192.0.2.7
                    alias.test. 60 HTTPS 0 pool.test.
                    none.test.  60 HTTPS 0 .
                    none.test.  60 A     192.0.2.8
                    out.test.   60 SVCB  1 pool.example.
                    pool.test.  60 A     192.0.2.1
                    pool.test.  60 AAAA  2001:db8::1
                    pool.test.  60 HTTPS 1 . alpn=h2
                    to-child.test.  60 HTTPS 0 www.child.test.
                    child.test.     60 NS    ns.child.test.
                    ns.child.test.  60 A     192.0.2.53
                    www.child.test. 60 HTTPS 1 . alpn=h2
                    www.child.test. 60 A     192.0.2.9
                    to-moved.test.  60 HTTPS 1 www.moved.test.
                    moved.test.     60 DNAME pool.test.
                    www.moved.test. 60 A     192.0.2.10
                    """);

    @Test
    void theTargetsAddressesGoWithAService() {
        server.ask("www.test. HTTPS")
                .inAdditional(
                        "pool.test. 60 A 192.0.2.1", "pool.test. 60 AAAA 2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aTargetThatIsTheRootMeansTheOwner() {
        server.ask("own.test. HTTPS").inAdditional("own.test. 60 A 192.0.2.7");
    }

    @Test
    void theTargetsOwnServiceGoesWithAnAlias() {
        server.ask("alias.test. HTTPS")
                .inAdditional(
                        "pool.test. 60 HTTPS 1 . alpn=h2",
                        "pool.test. 60 A 192.0.2.1",
                        "pool.test. 60 AAAA 2001:db8:0:0:0:0:0:1");
    }

    @Test
    void anAliasToTheRootMeansThatThereIsNone() {
        server.ask("none.test. HTTPS").inAdditional();
    }

    @Test
    void nothingIsSaidOfTargetsElsewhere() {
        server.ask("out.test. SVCB").inAdditional();
    }

    @Test
    void ofWhatLiesInADelegatedZoneGlueAloneIsSaid() {
        server.ask("to-child.test. HTTPS").inAdditional("www.child.test. 60 A 192.0.2.9");
    }

    @Test
    void whatADnameHidesIsNotSaid() {
        server.ask("to-moved.test. HTTPS").inAdditional();
    }
}
