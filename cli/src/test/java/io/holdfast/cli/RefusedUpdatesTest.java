package io.holdfast.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// Why was my update refused? What an operator reads of it (issue 15, C4).
class RefusedUpdatesTest {
    private static final String KEY = "long enough a key";
    private static final byte[] SECRET = new byte[32];
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @TempDir Path folder;
    private AtWork service;

    @BeforeEach
    void serve() throws Exception {
        service = AtWork.on(folder.resolve("data"));
        holdfast("account", "add", "alice", "--update-key", KEY).endsWith(0);
        holdfast("host", "add", "home.dyn.test", "away.dyn.test", "--account", "alice").endsWith(0);
        String secret = Base64.getEncoder().encodeToString(SECRET);
        holdfast("key", "add", "--host", "home.dyn.test", "--secret", secret).endsWith(0);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPrivateAddressIsExplained() throws Exception {
        String query = "hostname=home.dyn.test&myip=192.168.1.7";
        assertThat(service.update("alice", KEY, query)).isEqualTo("notfqdn");
        assertThat(service.update("alice", KEY, query)).isEqualTo("notfqdn");

        String line =
                TIME
                        + ": notfqdn, 192\\.168\\.1\\.7 is a private address; this zone takes"
                        + " global ones only; by dyndns2 from 127\\.0\\.0\\.1,"
                        + " \"Java-http-client/[0-9.]+\", 2 times";
        assertThat(shown("explain", "home.dyn.test"))
                .containsSubsequence("What was refused?     newest first")
                .anyMatch(one -> one.matches("    " + line));
        assertThat(shown("host", "show", "home.dyn.test"))
                .contains("  refused       newest first")
                .anyMatch(one -> one.matches("    " + line));
        assertThat(shown("host", "show", "away.dyn.test")).contains("  refused       none");
        assertThat(shown("explain", "away.dyn.test")).noneMatch(one -> one.contains("refused"));
    }

    @Test
    void theSameIsThereForPrograms() throws Exception {
        service.update("home.dyn.test", "S3cretGuess", "myip=203.0.113.7");

        assertThat(holdfast("host", "show", "home.dyn.test", "--json").endsWith(0).out())
                .containsPattern(
                        "\"refusals\":\\[\\{\"at\":\"[^\"]+\",\"times\":1,\"source\":\"127\\.0\\.0\\.1\","
                                + "\"agent\":\"Java-http-client/[0-9.]+\",\"front\":\"dyndns2\","
                                + "\"answered\":\"badauth\",\"reason\":\"no such user and secret\"}]")
                .doesNotContain("S3cretGuess");
        assertThat(holdfast("host", "show", "away.dyn.test", "--json").endsWith(0).out())
                .contains("\"refusals\":[]");
    }

    @Test
    void aSignedUpdateOfAnotherHostIsExplainedAtBoth() throws Exception {
        assertThat(signed("away", SECRET)).isEqualTo("REFUSED");

        String why =
                ": REFUSED, key home.dyn.test: key home.dyn.test may not change A at"
                        + " away.dyn.test; by RFC 2136 from 127.0.0.1";
        for (String host : List.of("home.dyn.test", "away.dyn.test")) {
            assertThat(shown("explain", host)).anyMatch(one -> one.endsWith(why));
            assertThat(holdfast("host", "show", host, "--json").endsWith(0).out())
                    .contains("\"front\":\"RFC 2136\",\"answered\":\"REFUSED\"");
        }
    }

    @Test
    void aWrongSignatureIsExplainedAtTheHostOfTheKey() throws Exception {
        assertThat(signed("home", new byte[] {1})).isEqualTo("NOTAUTH");

        assertThat(shown("explain", "home.dyn.test"))
                .anyMatch(one -> one.endsWith(": NOTAUTH, BADSIG; by RFC 2136 from 127.0.0.1"));
    }

    /// U+009B begins an order to a terminal, as ESC [ does.
    @Test
    void whatAClientCallsItselfGivesTheTerminalNoOrders() throws Exception {
        String login = Base64.getEncoder().encodeToString(("alice:" + KEY).getBytes(UTF_8));
        InetSocketAddress server = service.service().http().getFirst();
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            String request =
                    "GET /nic/update?hostname=home.dyn.test&myip=203.0.113.7 HTTP/1.1\r\nHost: x\r\n"
                            + "User-Agent: evil\u009b31m\r\nConnection: close\r\nAuthorization: Basic "
                            + login
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("good 203.0.113.7");
        }
        for (String line : shown("explain", "home.dyn.test")) {
            assertThat(line).doesNotContain("\u009b");
        }
        assertThat(shown("host", "show", "home.dyn.test"))
                .anyMatch(line -> line.contains("\"evil"))
                .noneMatch(line -> line.contains("\u009b"));
    }

    /// Nothing was refused: whose a record is that no host has is explained as well.
    @Test
    void whatAnUpdatePutIsExplained() throws Exception {
        Update update = new Update(Name.fromString("dyn.test."));
        Name owner = Name.fromString("_acme-challenge.home.dyn.test.");
        update.add(owner, Type.TXT, 60, "token");
        assertThat(send(update, SECRET)).isEqualTo("NOERROR");
        assertThat(shown("explain", "_acme-challenge.home.dyn.test"))
                .containsExactly(
                        "_acme-challenge.home.dyn.test, a name put by a dynamic update in the zone"
                                + " dyn.test",
                        "What is there?        TXT token",
                        "Why?                  A DNS update (RFC 2136) signed with a key put it"
                                + " there.",
                        "What happens next?    It stays until another update changes it.");
    }

    private String signed(String label, byte[] secret) throws Exception {
        Update update = new Update(Name.fromString("dyn.test."));
        update.add(Name.fromString(label + ".dyn.test."), Type.A, 60, "203.0.113.7");
        return send(update, secret);
    }

    private String send(Update update, byte[] secret) throws Exception {
        InetSocketAddress server = service.service().dns().getFirst();
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTCP(true);
        resolver.setTSIGKey(new TSIG(TSIG.HMAC_SHA256, Name.fromString("home.dyn.test."), secret));
        Message reply = resolver.send(update);
        return Rcode.string(reply.getRcode());
    }

    private List<String> shown(String... arguments) {
        return holdfast(arguments).endsWith(0).lines();
    }

    private Run holdfast(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return Run.holdfast(all.toArray(String[]::new));
    }
}
