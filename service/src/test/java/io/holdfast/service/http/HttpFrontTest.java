package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.TestUpdates;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
    private static final String UPDATE = "?hostname=h1.dyn.test&myip=192.0.2.1";
    private static final String BASIC = "Host: dyn.test\nAuthorization: Basic YWxpY2U6czNjcmV0\n";

    @Test
    void namesTheAddressThatIsInUse() {
        try (Front front = Front.with()) {
            InetSocketAddress taken = front.http.addresses().getFirst();
            HttpSettings settings = new HttpSettings(List.of(taken), List.of(), Set.of());

            assertThatThrownBy(() ->
                            HttpFront.start(settings, TestUpdates.before(front.door), List.of()))
                    .isInstanceOf(BindException.class)
                    .hasMessage(
                            "cannot listen for HTTP on 127.0.0.1:"
                                    + taken.getPort()
                                    + ": Address already in use");
        }
    }

    @Test
    void listensOnEveryAddressAtAFreePort() {
        try (Front front = Front.with()) {
            assertThat(front.http.addresses()).hasSize(2).noneMatch(a -> a.getPort() == 0);
            try (Wire wire = front.connectOverIpv6()) {
                assertThat(
                                wire.say("GET /nic/update" + UPDATE + " HTTP/1.1\n" + BASIC + "\n")
                                        .hear())
                        .endsWith("good 192.0.2.1\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nic/update",
                "/nic/update/",
                "//nic/update",
                "/nic//update",
                "///nic///update//",
                "/v2/update",
                "/v3/update",
                "/update",
                "http://dyn.test/nic/update"
            })
    void takesUpdatesOnEveryPathThatClientsHave(String path) {
        try (Front front = Front.with()) {
            assertThat(front.ask("GET " + path + UPDATE + " HTTP/1.1\n" + BASIC + "\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\ngood 192.0.2.1\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nic/updates", "/nic", "/NIC/UPDATE"})
    void knowsNoOtherPath(String path) {
        try (Front front = Front.with()) {
            String answer = front.ask("GET " + path + UPDATE + " HTTP/1.1\n" + BASIC + "\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .doesNotContain("h1.dyn.test");
            assertThat(front.door.requests).isEmpty();
        }
    }

    @Test
    void takesTheClientFromATrustedProxyOnly() {
        String forwarded = "X-Forwarded-For: 203.0.113.66, 198.51.100.9\n";
        String question = "GET /myip HTTP/1.1\nHost: dyn.test\n" + forwarded + "\n";
        try (Front trusting = Front.trusting("127.0.0.0/8");
                Front plain = Front.with()) {
            assertThat(trusting.ask(question)).endsWith("\r\n\r\n198.51.100.9\n");
            assertThat(plain.ask(question)).endsWith("\r\n\r\n127.0.0.1\n");
        }
    }

    @Test
    void keepsAConnectionForManyRequests() {
        try (Front front = Front.with();
                Wire wire = front.connect()) {
            String request = "GET /nic/update" + UPDATE + " HTTP/1.1\n" + BASIC + "\n";

            assertThat(wire.say(request).hear()).endsWith("good 192.0.2.1\n");
            assertThat(wire.say(request).hear()).endsWith("nochg 192.0.2.1\n");
            assertThat(wire.say(request + request).hear() + wire.hear())
                    .containsSubsequence("nochg 192.0.2.1\n", "nochg 192.0.2.1\n");
        }
    }

    @Test
    void saysNothingOfTheServerBehindIt() {
        try (Front front = Front.with()) {
            assertThat(front.ask("GET /nic/update HTTP/1.1\nHost: dyn.test\n\n"))
                    .doesNotContain("Server:", "Jetty");
            assertThat(front.ask("GET /nowhere HTTP/1.1\nHost: dyn.test\n\n"))
                    .doesNotContain("Server:", "Jetty", "Javalin");
        }
    }

    @Test
    void refusesWhatIsLargerThanAnyUpdate() {
        try (Front front = Front.with()) {
            String line = "GET /nic/update?x=" + "y".repeat(HttpFront.MAX_HEADER) + " HTTP/1.1\n";
            String form = "POST /nic/update HTTP/1.1\n" + BASIC + "Content-Length: 65537\n\n";
            String chunks =
                    "POST /nic/update HTTP/1.1\n"
                            + BASIC
                            + "Transfer-Encoding: chunked\n\n10001\n"
                            + "x".repeat(65537)
                            + "\n0\n\n";

            assertThat(front.ask(line + BASIC + "\n")).startsWith("HTTP/1.1 414 ");
            assertThat(front.ask(form)).startsWith("HTTP/1.1 413 ").endsWith("\r\nbadagent\n");
            assertThat(front.ask(chunks)).startsWith("HTTP/1.1 413 ").endsWith("\r\nbadagent\n");
            assertThat(front.door.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\n\n",
                "GET /nic/update?password=s3cret HTTP/1.1\n\n",
                "GET /nic/%zz?password=s3cret HTTP/1.1\nHost: dyn.test\n\n",
                "GET /nic/update/..%2f?password=s3cret HTTP/1.1\nHost: dyn.test\n\n",
                "POST /nic/update?password=s3cret HTTP/1.1\nHost: dyn.test\nContent-Length: x\n\n",
            })
    void answersWhatIsNotHttpInOneLineWithoutRepeatingIt(String request) {
        try (Front front = Front.with()) {
            assertThat(front.ask(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void holdsNoThreadWhileChangesBecomeDurable() {
        int many = 300; // more than there are threads
        LinkedBlockingQueue<CompletableFuture<List<UpdateOutcome>>> waiting =
                new LinkedBlockingQueue<>();
        Door slow =
                requests -> {
                    CompletableFuture<List<UpdateOutcome>> answer = new CompletableFuture<>();
                    waiting.add(answer);
                    return answer;
                };
        List<Wire> wires = new ArrayList<>();
        try (Front front = Front.before(slow)) {
            for (int i = 0; i < many; i++) {
                wires.add(front.connect());
                wires.get(i).say("GET /nic/update" + UPDATE + " HTTP/1.1\n" + BASIC + "\n");
            }
            for (int i = 0; i < many; i++) {
                next(waiting).complete(List.of(new UpdateOutcome.Changed(Addresses.NONE)));
            }
            assertThat(wires).allMatch(wire -> wire.hear().endsWith("good 192.0.2.1\n"));
        } finally {
            wires.forEach(Wire::close);
        }
    }

    @Test
    void lets911BeTheAnswerWhenTheDoorBreaksItsPromise() {
        AtomicInteger calls = new AtomicInteger();
        Door broken =
                requests -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken at once");
                    }
                    return CompletableFuture.failedFuture(
                            new IllegalStateException("broken later"));
                };
        try (Front front = Front.before(broken)) {
            String request = "GET /nic/update" + UPDATE + " HTTP/1.1\n" + BASIC + "\n";

            for (String answer : List.of(front.ask(request), front.ask(request))) {
                assertThat(answer)
                        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                        .contains("Retry-After: 300\r\n")
                        .endsWith("\r\n\r\n911\n");
            }
        }
    }

    @Test
    void finishesWhatIsInHandWhenItStops() throws Exception {
        LinkedBlockingQueue<CompletableFuture<List<UpdateOutcome>>> waiting =
                new LinkedBlockingQueue<>();
        Door slow =
                requests -> {
                    CompletableFuture<List<UpdateOutcome>> answer = new CompletableFuture<>();
                    waiting.add(answer);
                    return answer;
                };
        Front front = Front.before(slow);
        try (Wire inHand = front.connect();
                Wire idle = front.connect()) {
            // One that is accepted while the server stops is closed with it, and not before.
            idle.say("GET /nic/checkip HTTP/1.1\nHost: dyn.test\n\n");
            idle.hear();
            inHand.say("GET /nic/update" + UPDATE + " HTTP/1.1\n" + BASIC + "\n");
            CompletableFuture<List<UpdateOutcome>> answer = next(waiting);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(front::close);
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(stopped).isNotDone();

            answer.complete(List.of(new UpdateOutcome.Changed(Addresses.NONE)));

            assertThat(inHand.hear()).endsWith("good 192.0.2.1\n");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) {
        try {
            T next = queue.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
