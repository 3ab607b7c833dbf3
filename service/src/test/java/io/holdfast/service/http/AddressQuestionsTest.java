package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `/checkip` and its kin (update-protocol §10).
class AddressQuestionsTest {
    private final Front front = Front.with();

    @AfterEach
    void stop() {
        front.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /checkip HTTP/1.0\n\n",
                "GET /nic/checkip HTTP/1.1\nHost: 127.0.0.1\n\n",
                "GET /checkip/ HTTP/1.1\nHost: 127.0.0.1\n\n",
                "GET / HTTP/1.1\nHost: checkip.dyn.test\n\n"
            })
    void areAnsweredWithTheExactPageThatScriptsCutTheAddressFrom(String question) {
        try (Wire wire = front.connect()) {
            String answer = wire.say(question).hear();

            assertThat(answer.lines().filter(line -> !line.startsWith("Date: ")))
                    .containsExactly(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/html",
                            "Server: DynDNS-CheckIP/1.0",
                            "Cache-Control: no-cache",
                            "Pragma: no-cache",
                            "Content-Length: 101",
                            "Connection: close",
                            "",
                            "<html><head><title>Current IP Check</title></head><body>"
                                    + "Current IP Address: 127.0.0.1</body></html>");
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/myip", "/ip", "//ip/"})
    void areAnsweredBare(String path) {
        String answer = front.ask("GET " + path + " HTTP/1.1\nHost: 127.0.0.1\n\n");

        assertThat(answer)
                .contains("Content-Type: text/plain\r\n", "Cache-Control: no-store\r\n")
                .endsWith("\r\n\r\n127.0.0.1\n");
    }

    @Test
    void areAnsweredInTheFamilyTheyCameIn() {
        try (Wire wire = front.connectOverIpv6()) {
            assertThat(wire.say("GET /myip HTTP/1.1\nHost: [::1]\n\n").hear())
                    .endsWith("\r\n\r\n::1\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/checkip", "/myip"})
    void areAnsweredInJsonOnRequest(String path) {
        String answer =
                front.ask(
                        "GET " + path + " HTTP/1.1\nHost: 127.0.0.1\nAccept: application/json\n\n");

        assertThat(answer)
                .contains("Content-Type: application/json\r\n")
                .endsWith("\r\n\r\n{\"ip\":\"127.0.0.1\"}\n");
    }
}
