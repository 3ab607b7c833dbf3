package io.holdfast.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.RememberingDoor;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever sends a request octet by octet does not keep its connection for longer than a request
/// may take.
class SlowRequestsTest {
    private static final Duration ARRIVAL = Duration.ofMillis(200);
    private static final String AUTHORIZATION = "Authorization: Basic YWxpY2U6czNjcmV0\n";
    private static final String UPDATE =
            "GET /nic/update?hostname=h1.dyn.test&myip=192.0.2.1 HTTP/1.1\nHost: dyn.test\n"
                    + AUTHORIZATION
                    + "\n";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /nic/upd",
                "GET /nic/update HTTP/1.1\nHost: dyn.test\nX-Slow: ",
                "POST /nic/update HTTP/1.1\nHost: dyn.test\n"
                        + AUTHORIZATION
                        + "Content-Length: 8000\n\nhostname=",
            })
    void aRequestThatTricklesInIsCut(String beginning) {
        RememberingDoor door = new RememberingDoor();
        try (Front front = Front.before(door, ARRIVAL);
                Wire slow = front.connect()) {
            slow.say(beginning);

            assertThat(slow.isClosedWhileTrickling('x')).isTrue();
            assertThat(door.requests).isEmpty();
        }
    }

    @Test
    void aRequestThatStopsInTheMiddleIsCutLongBeforeSilenceIs() {
        try (Front front = Front.before(new RememberingDoor(), ARRIVAL);
                Wire silent = front.connect()) {
            assertThat(silent.say("GET /nic/update HTTP/1.1\nHost:").isClosedByServer()).isTrue();
        }
    }

    @Test
    void theSecondRequestOfAConnectionHasNoLongerThanTheFirst() {
        try (Front front = Front.before(new RememberingDoor(), ARRIVAL);
                Wire wire = front.connect()) {
            assertThat(wire.say(UPDATE).hear()).endsWith("good 192.0.2.1\n");
            wire.say("GET /nic/update HTTP/1.1\nHost:");

            assertThat(wire.isClosedWhileTrickling('x')).isTrue();
        }
    }

    @Test
    void whoeverWaitsForAnAnswerOrAsksNothingMayTakeLonger() {
        CompletableFuture<List<UpdateOutcome>> answer = new CompletableFuture<>();
        Door slow = requests -> answer;
        try (Front front = Front.before(slow, ARRIVAL);
                Wire untouched = front.connect();
                Wire waiting = front.connect();
                Wire between = front.connect();
                Wire cut = front.connect()) {
            waiting.say(UPDATE);
            between.say("GET /myip HTTP/1.1\nHost: dyn.test\n\n").hear();
            assertThat(cut.say("GET ").isClosedByServer()).as("the time is over").isTrue();
            answer.complete(List.of(new UpdateOutcome.Changed(Addresses.NONE)));

            assertThat(waiting.hear()).endsWith("good 192.0.2.1\n");
            assertThat(between.say(UPDATE).hear()).endsWith("good 192.0.2.1\n");
            assertThat(untouched.say(UPDATE).hear()).endsWith("good 192.0.2.1\n");
        }
    }
}
