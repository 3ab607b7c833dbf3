package io.holdfast.dns.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.answer.Answerer.Transport;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/// What a reply says beside its records: cookies, which server it is, why there is no answer; and
/// to whom it is said how often.
class CourtesyTest {
    private static final String SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private static final String CLIENT_COOKIE = "2464c4abcf10c957";
    private static final String COOKIE = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";
    private static final String ZONE =
            """
            test.        60 SOA   ns1.test. hostmaster.test. 1 3600 900 1209600 60
            a.test.      60 A     192.0.2.1
            *.w.test.    60 A     192.0.2.2
            d.test.      60 DNAME w.test.
            s.test.      60 NS    ns.s.test.
            big.test.    60 TXT   "%1$s" "%1$s"
            """
                    .formatted("t".repeat(240));

    private final RateLimiter limiter = new RateLimiter(2, 2, List.of(), new Random(1));
    private final Server server = server(RateLimiter.OFF);
    private final Server limited = server(limiter);

    @Test
    void aClientCookieAloneGetsAServerCookie() {
        assertThat(cookie(server.ask(withCookie("a.test. A", CLIENT_COOKIE)))).isEqualTo(COOKIE);
    }

    @Test
    void aWrongServerCookieIsAnsweredWithARightOne() {
        String wrong = CLIENT_COOKIE + "01000000" + "5cf79f11" + "1122334455667788";
        Reply reply = server.ask(withCookie("a.test. A", wrong));

        reply.answers("a.test. 60 A 192.0.2.1");
        assertThat(cookie(reply)).isEqualTo(COOKIE);
    }

    @Test
    void errorsCarryACookieToo() {
        Reply reply = server.ask(withCookie("example.com. A", CLIENT_COOKIE));

        reply.saysCode("REFUSED");
        assertThat(cookie(reply)).isEqualTo(COOKIE);
    }

    @Test
    void noCookieNoCookie() {
        assertThat(server.askWithEdns("a.test. A", 1232).opt().getOptions()).isEmpty();
        Message query = withCookie("a.test. A", CLIENT_COOKIE);
        assertThat(Server.of(ZONE).ask(query).opt().getOptions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "9", "15", "41"})
    void aCookieOfAnImpossibleLengthIsMalformed(int length) {
        server.ask(withCookie("a.test. A", "00".repeat(length))).saysCode("FORMERR");
    }

    @Test
    void aQueryMayAskForACookieOnly() {
        Message query = new Message(4711);
        query.addRecord(optCookie(CLIENT_COOKIE), Section.ADDITIONAL);
        Reply reply = server.ask(query);

        reply.saysCode("NOERROR").inAnswer().inAuthority();
        assertThat(cookie(reply)).isEqualTo(COOKIE);
        assertThat(reply.message().getQuestion()).isNull();

        Message nothing = new Message(4711);
        nothing.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        server.ask(nothing).saysCode("FORMERR");
    }

    @Test
    void theServersIdentifierIsToldToWhoAsks() {
        Message query = withOption("a.test. A", new GenericEDNSOption(3, new byte[0]));

        assertThat(server.ask(query).opt().getOptions(3))
                .singleElement()
                .extracting(option -> new String(data(option), US_ASCII))
                .isEqualTo("ns1.fra");
        assertThat(Server.of(ZONE).ask(query).opt().getOptions()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "version.bind.   | TXT | NOERROR | Holdfast 1",
                "VERSION.Server. | TXT | NOERROR | Holdfast 1",
                "id.server.      | TXT | NOERROR | ns1.fra",
                "hostname.bind.  | ANY | NOERROR | ns1.fra",
                "version.bind.   | A   | NOERROR |",
                "authors.bind.   | TXT | REFUSED |",
                "a.test.         | A   | REFUSED |",
            })
    void classChTellsAboutTheServer(String name, String type, String rcode, String text) {
        Reply reply = server.ask(chaos(name, type));

        reply.saysCode(rcode);
        assertThat(
                        reply.message().getSection(Section.ANSWER).stream()
                                .map(record -> record.rdataToString().replace("\"", ""))
                                .collect(Collectors.joining()))
                .isEqualTo(text == null ? "" : text);
        assertThat(reply.message().getSection(Section.ANSWER))
                .allMatch(record -> record.getDClass() == DClass.CH && record.getTTL() == 0);
        Server.of(ZONE).ask(chaos(name, type)).saysCode("REFUSED");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "example.com., A, REFUSED, 20",
        "a.test., MAILB, NOTIMP, 21",
        "a.test., A, NOERROR, -1",
        "b.test., A, NXDOMAIN, -1"
    })
    void refusalsSayWhy(String name, String type, String rcode, int code) {
        Reply reply = server.askWithEdns(name + " " + type, 1232).saysCode(rcode);

        int found =
                reply.opt().getOptions(15).stream()
                        .mapToInt(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                        .findFirst()
                        .orElse(-1);
        assertThat(found).isEqualTo(code);
        assertThat(server.ask(name + " " + type).saysCode(rcode).hasOpt()).isFalse();
    }

    @Test
    void everyOptionFitsTheSmallestReply() {
        String longest = ("a".repeat(63) + ".").repeat(3) + "b".repeat(60) + ".";
        Message query =
                withOptions(
                        longest + " A",
                        new GenericEDNSOption(3, new byte[0]),
                        new GenericEDNSOption(10, HexFormat.of().parseHex(CLIENT_COOKIE)));
        AnswerSettings settings =
                new AnswerSettings(
                        List.of(CookieSecret.of(SECRET)),
                        Optional.of("n".repeat(128)),
                        Optional.empty(),
                        RateLimiter.OFF);
        Reply reply = Server.of(settings, ZONE).ask(query);

        reply.saysCode("REFUSED").isNoLongerThan(512);
        assertThat(reply.opt().getOptions()).hasSize(3);
    }

    @Test
    void optionsTakeTheirRoomFromTheRecords() {
        Message query =
                withOptions(
                        "big.test. TXT",
                        new GenericEDNSOption(3, new byte[0]),
                        new GenericEDNSOption(10, HexFormat.of().parseHex(CLIENT_COOKIE)));
        query.removeRecord(query.getOPT(), Section.ADDITIONAL);
        query.addRecord(
                new OPTRecord(
                        540,
                        0,
                        0,
                        0,
                        List.of(
                                new GenericEDNSOption(3, new byte[0]),
                                new GenericEDNSOption(10, HexFormat.of().parseHex(CLIENT_COOKIE)))),
                Section.ADDITIONAL);
        server.askWithEdns("big.test. TXT", 540).isTruncated(false);
        server.ask(query).isTruncated(true).isNoLongerThan(540);
    }

    @Test
    void beyondTheLimitEverySecondReplyIsTruncatedAndTheOthersAreSilence() {
        byte[] query = Server.withEdns("a.test. A", 1232, 0, false).toWire();

        assertThat(limited.exchange(query, Transport.DATAGRAM)).isNotEmpty();
        assertThat(limited.exchange(query, Transport.DATAGRAM)).isNotEmpty();
        assertThat(limited.exchange(query, Transport.DATAGRAM)).isEmpty();
        new Reply(limited.exchange(query, Transport.DATAGRAM))
                .saysCode("NOERROR")
                .isTruncated(true)
                .inAnswer()
                .inAuthority()
                .inAdditional();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a name that is not there | x%d.test. A   | true",
                "a wildcard               | x%d.w.test. A | true",
                "a wildcard, NODATA       | x%d.w.test. TXT | true",
                "a DNAME                  | x%d.d.test. A | true",
                "a delegation             | x%d.s.test. A | true",
                "an error                 | x%d.org. A    | true",
                "one name                 | a.test. A     | true",
            })
    void namesWithoutNumberShareALimit(String what, String question, boolean truncated) {
        for (int i = 0; i < 2; i++) {
            limited.ask(question.formatted(i)).isTruncated(false);
        }
        byte[] third = Server.query(question.formatted(2)).toWire();
        assertThat(limited.exchange(third, Transport.DATAGRAM).length == 0).isEqualTo(truncated);
    }

    @Test
    void tcpAndARightCookieAreNotLimited() {
        byte[] query = Server.query("a.test. A").toWire();
        Message known = withCookie("a.test. A", COOKIE);
        for (int i = 0; i < 10; i++) {
            new Reply(limited.exchange(query, Transport.STREAM)).answers("a.test. 60 A 192.0.2.1");
            limited.ask(known).answers("a.test. 60 A 192.0.2.1");
        }
        assertThat(limiter.dropped()).isZero();
    }

    private static Server server(RateLimiter limiter) {
        AnswerSettings settings =
                new AnswerSettings(
                        List.of(CookieSecret.of(SECRET)),
                        Optional.of("ns1.fra"),
                        Optional.of("Holdfast 1"),
                        limiter);
        return Server.of(settings, ZONE);
    }

    private static Message chaos(String name, String type) {
        byte[] query = Server.query(name + " " + type).toWire();
        query[query.length - 1] = DClass.CH;
        try {
            return new Message(query);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Message withCookie(String question, String cookie) {
        return withOption(question, new GenericEDNSOption(10, HexFormat.of().parseHex(cookie)));
    }

    private static Message withOption(String question, EDNSOption option) {
        return withOptions(question, option);
    }

    private static Message withOptions(String question, EDNSOption... options) {
        Message query = Server.query(question);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
        return query;
    }

    private static OPTRecord optCookie(String cookie) {
        EDNSOption option = new GenericEDNSOption(10, HexFormat.of().parseHex(cookie));
        return new OPTRecord(1232, 0, 0, 0, List.of(option));
    }

    private static String cookie(Reply reply) {
        return reply.opt().getOptions(10).stream()
                .map(option -> HexFormat.of().formatHex(data(option)))
                .collect(Collectors.joining());
    }

    /// What follows code and length.
    private static byte[] data(EDNSOption option) {
        byte[] wire = option.toWire();
        return java.util.Arrays.copyOfRange(wire, 4, wire.length);
    }

    static byte[] client() {
        return ClientRange.mapped(InetAddress.ofLiteral("198.51.100.100").getAddress());
    }
}
