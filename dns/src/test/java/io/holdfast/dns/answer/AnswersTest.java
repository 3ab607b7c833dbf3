package io.holdfast.dns.answer;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a zone without surprises says (RFC 1034 §4.3.2, RFC 2308, RFC 8020, RFC 8482).
class AnswersTest {
    private static final String SOA =
            "ns1.example.org. hostmaster.example.org. 7 3600 900 1209600 30";

    private final Server server =
            Server.of(
                    """
                    example.org.             300 SOA   %s
                    example.org.             300 NS    ns1.example.org.
                    example.org.             300 MX    10 mail.example.org.
                    example.org.             300 MX    20 mail.example.net.
                    ns1.example.org.         300 A     192.0.2.53
                    mail.example.org.        300 A     192.0.2.25
                    mail.example.org.        300 AAAA  2001:db8::25
                    home.example.org.        60  A     192.0.2.1
                    home.example.org.        60  A     192.0.2.2
                    home.example.org.        60  TXT   "v=spf1 -all"
                    odd.example.org.         60  TYPE65280 \\# 3 010203
                    _sip._tcp.example.org.   60  SRV   0 5 5060 home.example.org.
                    a.b.c.example.org.       60  A     192.0.2.9
                    """
                            .formatted(SOA));

    @Test
    void recordsOfANameAndTypeAreAnswered() {
        server.ask("home.example.org. A")
                .answers("home.example.org. 60 A 192.0.2.1", "home.example.org. 60 A 192.0.2.2")
                .inAuthority()
                .inAdditional();
        server.ask("home.example.org. TXT").answers("home.example.org. 60 TXT \"v=spf1 -all\"");
    }

    @Test
    void aTypeWithoutANameIsAnsweredAsItIs() {
        server.ask("odd.example.org. TYPE65280")
                .answers("odd.example.org. 60 TYPE65280 \\# 3 010203");
    }

    @Test
    void aReservedNameExistsWithoutRecordsUntilItIsReleased() {
        Zone zone = Server.zone("test. 60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60");
        Name home = Name.of("home.dyn.test");
        Server reserving = Server.of(zone);

        zone.apply(List.of(new RRsetChange.Reserve(home)), 2);
        reserving.ask("home.dyn.test. A").saysNoData();
        reserving.ask("dyn.test. A").saysNoData();
        reserving.ask("x.dyn.test. A").saysNoName();

        zone.apply(List.of(new RRsetChange.Release(home)), 3);
        reserving.ask("home.dyn.test. A").saysNoName();
        reserving.ask("dyn.test. A").saysNoName();
    }

    @Test
    void theCaseOfTheQuestionComesBack() {
        Reply reply = server.ask("HoMe.eXample.ORG. A");

        reply.answers("HoMe.eXample.ORG. 60 A 192.0.2.1", "HoMe.eXample.ORG. 60 A 192.0.2.2");
    }

    @Test
    void aTypeThatIsNotThereIsNoData() {
        server.ask("home.example.org. AAAA").saysNoData();
    }

    @Test
    void aNameThatIsNotThereIsNoName() {
        server.ask("nobody.example.org. A").saysNoName();
        server.ask("below.home.example.org. A").saysNoName();
    }

    @Test
    void aNegativeAnswerIsRememberedForTheLowerOfTtlAndMinimum() {
        server.ask("nobody.example.org. A").inAuthority("example.org. 30 SOA " + SOA);
        server.ask("home.example.org. AAAA").inAuthority("example.org. 30 SOA " + SOA);
        server.ask("example.org. SOA").answers("example.org. 300 SOA " + SOA);
    }

    @Test
    void aNameWithNamesBelowItExists() {
        server.ask("b.c.example.org. A").saysNoData();
        server.ask("c.example.org. A").saysNoData();
        server.ask("x.b.c.example.org. A").saysNoName();
    }

    @Test
    void addressesOfMentionedHostsComeAlong() {
        server.ask("example.org. MX")
                .answers(
                        "example.org. 300 MX 10 mail.example.org.",
                        "example.org. 300 MX 20 mail.example.net.")
                .inAdditional(
                        "mail.example.org. 300 A 192.0.2.25",
                        "mail.example.org. 300 AAAA 2001:db8:0:0:0:0:0:25");
        server.ask("example.org. NS").inAdditional("ns1.example.org. 300 A 192.0.2.53");
        server.ask("_sip._tcp.example.org. SRV")
                .inAdditional(
                        "home.example.org. 60 A 192.0.2.1", "home.example.org. 60 A 192.0.2.2");
    }

    @Test
    void anyIsAnsweredWithOneRrset() {
        server.ask("home.example.org. ANY")
                .answers("home.example.org. 60 A 192.0.2.1", "home.example.org. 60 A 192.0.2.2");
        server.ask("c.example.org. ANY").saysNoData();
        server.ask("nobody.example.org. ANY").saysNoName();
    }

    @Test
    void namesOutsideOurZonesAreRefused() {
        server.ask("example.net. A").saysCode("REFUSED").isAuthoritative(false).inAuthority();
        server.ask("org. A").saysCode("REFUSED");
        server.ask(". NS").saysCode("REFUSED");
    }

    @Test
    void aZoneBelowAnotherAnswersForItself() {
        Server both =
                Server.of(
                        """
                        test.       60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60
                        dyn.test.   60 NS  ns1.test.
                        dyn.test.   60 DS  1 13 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
                        """,
                        """
                        dyn.test.   60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60
                        h.dyn.test. 60 A   192.0.2.1
                        """);

        both.ask("h.dyn.test. A").answers("h.dyn.test. 60 A 192.0.2.1");
        both.ask("x.dyn.test. A").saysNoName();
        // RFC 4035 §3.1.4.1: the DS is the parent's.
        both.ask("dyn.test. DS").isAuthoritative(true).saysCode("NOERROR");
        both.ask("test. DS").saysNoData();
    }

    @Test
    void theRootCanBeAZone() {
        Server root =
                Server.of(
                        """
                        .      60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60
                        .      60 NS  ns1.test.
                        a.test. 60 A  192.0.2.1
                        """);

        root.ask("a.test. A").answers("a.test. 60 A 192.0.2.1");
        root.ask("test. A").saysNoData();
        root.ask("b.test. A").saysNoName();
        root.ask(". NS").answers(". 60 NS ns1.test.");
        root.ask(". DS").saysNoData();
    }
}
