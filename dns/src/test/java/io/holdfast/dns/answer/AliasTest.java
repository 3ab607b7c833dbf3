package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Section;

/// CNAME (RFC 1034 §3.6.2) and DNAME (RFC 6672).
class AliasTest {
    private static final String LONG = "a".repeat(63) + "." + "b".repeat(63);

    private final Server server =
            Server.of(
                    """
                    example.org.          60 SOA   ns1.example.org. hostmaster.example.org. 1 3600 900 1209600 60
                    www.example.org.      60 CNAME web.example.org.
                    web.example.org.      60 CNAME home.example.org.
                    home.example.org.     60 A     192.0.2.1
                    gone.example.org.     60 CNAME nobody.example.org.
                    away.example.org.     60 CNAME www.example.com.
                    far.example.org.      60 CNAME deep.sub.dyn.test.
                    other.example.org.    60 CNAME home.dyn.test.
                    self.example.org.     60 CNAME self.example.org.
                    ping.example.org.     60 CNAME pong.example.org.
                    pong.example.org.     60 CNAME ping.example.org.
                    old.example.org.      60 DNAME new.example.org.
                    h.new.example.org.    60 A     192.0.2.3
                    old.example.org.      60 TXT   "here"
                    grow.example.org.     60 DNAME x.grow.example.org.
                    long.example.org.     60 DNAME %s.example.org.
                    """
                            .formatted(LONG),
                    """
                    dyn.test.             60 SOA   ns1.dyn.test. hostmaster.dyn.test. 1 3600 900 1209600 60
                    home.dyn.test.        60 A     192.0.2.2
                    sub.dyn.test.         60 NS    ns.example.com.
                    """);

    @Test
    void anAliasIsFollowed() {
        server.ask("www.example.org. A")
                .answers(
                        "www.example.org. 60 CNAME web.example.org.",
                        "web.example.org. 60 CNAME home.example.org.",
                        "home.example.org. 60 A 192.0.2.1");
    }

    @Test
    void anAliasAskedForIsNotFollowed() {
        server.ask("www.example.org. CNAME").answers("www.example.org. 60 CNAME web.example.org.");
        server.ask("www.example.org. ANY").answers("www.example.org. 60 CNAME web.example.org.");
    }

    @Test
    void signaturesAndDenialAreAskedOfTheAliasItself() {
        server.ask("www.example.org. RRSIG").saysNoData();
        server.ask("www.example.org. NSEC").saysNoData();
    }

    @Test
    void theCodeIsThatOfTheLastName() {
        server.ask("gone.example.org. A")
                .saysCode("NXDOMAIN")
                .isAuthoritative(true)
                .inAnswer("gone.example.org. 60 CNAME nobody.example.org.")
                .inAuthority(
                        "example.org. 60 SOA ns1.example.org. hostmaster.example.org. 1 3600 900"
                                + " 1209600 60");
        server.ask("www.example.org. AAAA")
                .saysCode("NOERROR")
                .inAuthority(
                        "example.org. 60 SOA ns1.example.org. hostmaster.example.org. 1 3600 900"
                                + " 1209600 60");
    }

    @Test
    void anAliasLeadsIntoAnotherZoneOfOurs() {
        server.ask("other.example.org. A")
                .answers(
                        "other.example.org. 60 CNAME home.dyn.test.",
                        "home.dyn.test. 60 A 192.0.2.2");
        server.ask("other.example.org. TXT")
                .inAuthority(
                        "dyn.test. 60 SOA ns1.dyn.test. hostmaster.dyn.test. 1 3600 900 1209600"
                                + " 60");
    }

    @Test
    void anAliasThatLeavesOurZonesIsAllWeKnow() {
        server.ask("away.example.org. A")
                .answers("away.example.org. 60 CNAME www.example.com.")
                .inAuthority();
    }

    @Test
    void anAliasIntoADelegationEndsInAReferral() {
        server.ask("far.example.org. A")
                .answers("far.example.org. 60 CNAME deep.sub.dyn.test.")
                .inAuthority("sub.dyn.test. 60 NS ns.example.com.");
    }

    @Test
    void aLoopEnds() {
        server.ask("self.example.org. A").answers("self.example.org. 60 CNAME self.example.org.");
        server.ask("ping.example.org. A")
                .answers(
                        "ping.example.org. 60 CNAME pong.example.org.",
                        "pong.example.org. 60 CNAME ping.example.org.");
    }

    @Test
    void aChainIsFollowedSixteenTimes() {
        StringBuilder zone =
                new StringBuilder(
                        "test. 60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60\n");
        for (int i = 0; i < 40; i++) {
            zone.append("c%d.test. 60 CNAME c%d.test.\n".formatted(i, i + 1));
        }

        Reply reply = Server.of(zone.toString()).askByTcp("c0.test. A");

        reply.saysCode("NOERROR");
        assertThat(reply.section(Section.ANSWER)).hasSize(Answerer.MOST_ALIASES);
    }

    @Test
    void aDnameRenamesWhatIsBelowIt() {
        server.ask("H.Old.example.org. A")
                .answers(
                        "Old.example.org. 60 DNAME new.example.org.",
                        "H.Old.example.org. 60 CNAME H.new.example.org.",
                        "H.new.example.org. 60 A 192.0.2.3");
        server.ask("x.y.old.example.org. A")
                .saysCode("NXDOMAIN")
                .inAnswer(
                        "old.example.org. 60 DNAME new.example.org.",
                        "x.y.old.example.org. 60 CNAME x.y.new.example.org.");
    }

    @Test
    void aDnameLeavesItsOwnNameAlone() {
        server.ask("old.example.org. TXT").answers("old.example.org. 60 TXT here");
        server.ask("old.example.org. A").saysNoData();
        server.ask("old.example.org. DNAME").answers("old.example.org. 60 DNAME new.example.org.");
    }

    @Test
    void aCnameAskedForBelowADnameIsTheMadeOne() {
        server.ask("h.old.example.org. CNAME")
                .answers(
                        "old.example.org. 60 DNAME new.example.org.",
                        "h.old.example.org. 60 CNAME h.new.example.org.");
    }

    @Test
    void aDnameThatMakesTooLongANameSaysSo() {
        server.ask(LONG + ".long.example.org. A")
                .saysCode("YXDOMAIN")
                .inAnswer("long.example.org. 60 DNAME " + LONG + ".example.org.");
    }

    @Test
    void aDnameThatGrowsForEverEnds() {
        server.askByTcp("h.grow.example.org. A").saysCode("NOERROR").isNoLongerThan(4_000);
    }
}
