package io.holdfast.dns.answer;

import org.junit.jupiter.api.Test;

/// A zone that is ours, and of which nothing can be said: nobody is told that its names are not
/// there.
class UnavailableZoneTest {
    private static final String PARENT =
            """
            test.          60 SOA  ns1.test. hostmaster.test. 1 3600 900 1209600 60
            test.          60 NS   ns1.test.
            ns1.test.      60 A    192.0.2.53
            alias.test.    60 CNAME www.bad.test.
            """;

    private final Server server = Server.withUnavailable("bad.test", PARENT);

    @Test
    void everyQuestionAboutItIsAnsweredServfail() {
        for (String question :
                new String[] {
                    "bad.test. SOA", "bad.test. NS", "www.bad.test. A", "a.b.bad.test. ANY"
                }) {
            server.ask(question).saysCode("SERVFAIL").isAuthoritative(false).inAuthority();
        }
    }

    @Test
    void othersAreAnsweredFromAsEver() {
        server.ask("ns1.test. A").answers("ns1.test. 60 A 192.0.2.53");
        server.ask("none.test. A").saysNoName();
    }

    @Test
    void anAliasIntoItIsFollowedByWhoeverAsks() {
        server.ask("alias.test. A").answers("alias.test. 60 CNAME www.bad.test.");
    }
}
