package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What real update clients put on the wire, octet for octet, and what they must read.
///
/// Recorded from Debian 12's packages. `YWxpY2U6czNjcmV0` is `alice:s3cret`.
class ClientTranscriptsTest {
    private final Front front = Front.with();

    @AfterEach
    void stop() {
        front.close();
    }

    /// https://github.com/ddclient/ddclient, 3.10.0: all hosts in one request.
    @Test
    void ddclient() {
        try (Wire wire = front.connect()) {
            String answer =
                    wire.say(
                                    """
                                    GET /nic/update?system=dyndns&hostname=h1.dyn.test,h2.dyn.test&myip=203.0.113.7 HTTP/1.1
                                    Host: 127.0.0.1:18080
                                    Authorization: Basic YWxpY2U6czNjcmV0
                                    User-Agent: ddclient/3.10.0
                                    Connection: close

                                    """)
                            .hear();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: text/plain\r\n", "Content-Length: 34\r\n")
                    .endsWith("\r\n\r\ngood 203.0.113.7\ngood 203.0.113.7\n");
            assertThat(wire.isClosedByServer()).isTrue();
        }
        assertThat(front.door.requests.getFirst().origin().agent()).isEqualTo("ddclient/3.10.0");
    }

    /// https://github.com/troglobit/inadyn, 2.10.0: HTTP/1.0, `Host` without the port, IPv6
    /// escaped.
    @Test
    void inadyn() {
        try (Wire wire = front.connect()) {
            String answer =
                    wire.say(
                                    """
                                    GET /nic/update?hostname=h1.dyn.test&myip=2001%3adb8%3a%3a7 HTTP/1.0
                                    Host: 127.0.0.1
                                    Authorization: Basic YWxpY2U6czNjcmV0
                                    User-Agent: inadyn/2.10.0 https://github.com/troglobit/inadyn/issues

                                    """)
                            .hear();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 17\r\n")
                    .endsWith("\r\n\r\ngood 2001:db8::7\n");
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @Test
    void theOldestClientsSendHttp10WithoutHost() {
        try (Wire wire = front.connect()) {
            String answer =
                    wire.say(
                                    """
                                    GET /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.0
                                    Authorization: Basic YWxpY2U6czNjcmV0

                                    """)
                            .hear();

            assertThat(answer).contains(" 200 OK\r\n").endsWith("\r\n\r\ngood 192.0.2.1\n");
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    /// GNU wget 1.21 with credentials in the address: sends them only after a challenge, on the
    /// same connection.
    @Test
    void gnuWget() {
        try (Wire wire = front.connect()) {
            String challenge =
                    wire.say(
                                    """
                                    GET /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.1
                                    Host: 127.0.0.1:18080
                                    User-Agent: Wget/1.21.3
                                    Accept: */*
                                    Accept-Encoding: identity
                                    Connection: Keep-Alive

                                    """)
                            .hear();
            String answer =
                    wire.say(
                                    """
                                    GET /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.1
                                    Host: 127.0.0.1:18080
                                    User-Agent: Wget/1.21.3
                                    Accept: */*
                                    Accept-Encoding: identity
                                    Connection: Keep-Alive
                                    Authorization: Basic YWxpY2U6czNjcmV0

                                    """)
                            .hear();

            assertThat(challenge)
                    .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                    .contains("WWW-Authenticate: Basic realm=\"Holdfast\"\r\n")
                    .endsWith("\r\n\r\nbadauth");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\ngood 192.0.2.1\n");
        }
    }

    /// busybox wget 1.35: Basic at once.
    @Test
    void busyboxWget() {
        String answer =
                front.ask(
                        """
                        GET /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.1
                        Host: 127.0.0.1:18080
                        User-Agent: Wget
                        Connection: close
                        Authorization: Basic YWxpY2U6czNjcmV0

                        """);

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    /// `curl -G --data-urlencode myip=2001:db8::7`
    @Test
    void curl() {
        String answer =
                front.ask(
                        """
                        GET /nic/update?hostname=h1.dyn.test&myip=2001%3adb8%3a%3a7 HTTP/1.1
                        Host: 127.0.0.1:18080
                        Authorization: Basic YWxpY2U6czNjcmV0
                        User-Agent: curl/7.88.1
                        Accept: */*

                        """);

        assertThat(answer).endsWith("\r\n\r\ngood 2001:db8::7\n");
    }

    /// `curl -d 'hostname=h1.dyn.test&myip=192.0.2.1'`
    @Test
    void curlWithAForm() {
        String answer =
                front.ask(
                        """
                        POST /nic/update HTTP/1.1
                        Host: 127.0.0.1:18080
                        Authorization: Basic YWxpY2U6czNjcmV0
                        User-Agent: curl/7.88.1
                        Accept: */*
                        Content-Length: 35
                        Content-Type: application/x-www-form-urlencoded

                        hostname=h1.dyn.test&myip=192.0.2.1\
                        """);

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    /// `curl -I`: changes nothing, and has no status that could be taken for a success.
    @Test
    void curlWithHead() {
        try (Wire wire = front.connect()) {
            String answer =
                    wire.say(
                                    """
                                    HEAD /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.1
                                    Host: 127.0.0.1:18080
                                    Authorization: Basic YWxpY2U6czNjcmV0
                                    Connection: close

                                    """)
                            .head();

            assertThat(answer)
                    .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                    .contains("Allow: GET, POST\r\n");
            assertThat(wire.isClosedByServer()).isTrue();
        }
        assertThat(front.door.requests).isEmpty();
    }

    /// ddupdate 0.6.6 (Python urllib): POST with an empty body, parameters in the query.
    @Test
    void pythonUrllib() {
        String answer =
                front.ask(
                        """
                        POST /nic/update?hostname=h1.dyn.test&myip=203.0.113.9 HTTP/1.1
                        Accept-Encoding: identity
                        Content-Type: application/x-www-form-urlencoded
                        Content-Length: 0
                        Host: 127.0.0.1:18080
                        User-Agent: Python-urllib/3.11
                        Authorization: Basic YWxpY2U6czNjcmV0
                        Connection: close

                        """);

        assertThat(answer).endsWith("\r\n\r\ngood 203.0.113.9\n");
    }

    /// A body in pieces of unknown length, as some firmware sends a form; what the query says comes
    /// first.
    @Test
    void aChunkedFormAfterAQuery() {
        String answer =
                front.ask(
                        """
                        POST /nic/update?hostname=h1.dyn.test HTTP/1.1
                        Host: dyn.test
                        Authorization: Basic YWxpY2U6czNjcmV0
                        Transfer-Encoding: chunked

                        9
                        myip=192.
                        5
                        0.2.1
                        0

                        """);

        assertThat(answer).endsWith("\r\n\r\ngood 192.0.2.1\n");
    }

    /// A FRITZ!Box escapes nothing and leaves in place what it has no value for.
    @Test
    void fritzBoxWithItsPlaceholderLeftIn() {
        String answer =
                front.ask(
                        """
                        GET /nic/update?hostname=h1.dyn.test&myip=<ipaddr>&myipv6=%IP%&x=[y]|{z}^` HTTP/1.1
                        Host: dyn.test
                        User-Agent: Fritz!Box DDNS/1.0.1
                        Authorization: Basic YWxpY2U6czNjcmV0

                        """);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "X-Holdfast-Reason: myip: \"<ipaddr>\" is a placeholder that the client has"
                                + " not replaced\r\n")
                .endsWith("\r\n\r\nnotfqdn\n");
    }
}
