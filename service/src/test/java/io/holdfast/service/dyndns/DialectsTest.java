package io.holdfast.service.dyndns;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.service.KnownHostNames;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which dialect a request speaks (update-protocol §2).
class DialectsTest {
    private static final String DUCK_DNS =
            """
            GET  /update?domains=h1&token=t
            GET  /update?token=&domains=
            GET  /update?domains=h1&token=t&host=h2.dyn.test
            POST /update?token=t&domains=h1&verbose=true
            HEAD /update?domains=h1&token=t
            GET  /update/h1/t
            GET  /update/h1/t/192.0.2.1
            GET  /update/h1/t?hostname=h2.dyn.test
            PUT  /update/nic/update
            """;

    private static final String DYNDNS2 =
            """
            GET  /nic/update
            GET  /nic/update?domains=h1&token=t
            GET  /v2/update?domains=h1&token=t
            GET  /v3/update?hostname=h1.dyn.test
            GET  /update
            HEAD /update
            GET  /update?hostname=h1.dyn.test
            GET  /update?hostname=h1.dyn.test&domains=h1&token=t
            GET  /update?Hostname=h1.dyn.test&domains=h1&token=t
            GET  /update?hostname=&domains=h1&token=t
            GET  /update?domains=h1
            GET  /update?hostname=h1.dyn.test&token=t
            GET  /update?Domains=h1&Token=t
            """;

    private final Dialects dialects = Dialects.all(new KnownHostNames());

    @ParameterizedTest(name = "{0}")
    @CsvSource({"duckdns", "dyndns2"})
    void areKnownByTheirRequests(String name) {
        for (String line : requests(name)) {
            assertThat(dialects.of(request(line)).map(Dialect::name)).as(line).contains(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "/update/",
        "/update/h1",
        "/update/h1/t/192.0.2.1/x",
        "/Update/h1/t",
        "/updates",
        "/updates/h1/t",
        "/nic",
        "/nic/updates",
        "/nic/update/h1/t",
        "/myip"
    })
    void haveNoOtherPaths(String path) {
        assertThat(dialects.of(request("GET " + path))).isEmpty();
    }

    /// A dialect that stands behind another one on a path would never be asked about a request that
    /// both recognise: so of every pair, the first must leave the second's requests alone.
    @Test
    void thatComeFirstLeaveTheRequestsOfEveryLaterOneAlone() {
        List<Dialect> ordered = dialects.ordered();
        for (int first = 0; first < ordered.size(); first++) {
            for (int second = first + 1; second < ordered.size(); second++) {
                Dialect one = ordered.get(first);
                if (Collections.disjoint(one.paths(), ordered.get(second).paths())) {
                    continue;
                }
                List<String> shared = new ArrayList<>(requests(ordered.get(second).name()));
                shared.removeIf(line -> !one.paths().contains(request(line).path()));
                assertThat(shared).as("requests on a path of both").isNotEmpty();
                assertThat(shared).noneMatch(line -> one.recognises(request(line)));
            }
        }
    }

    @Test
    void areEachATableOfRequestsHere() {
        assertThat(dialects.ordered()).noneMatch(dialect -> requests(dialect.name()).isEmpty());
    }

    @Test
    void areTakenFromAFormAsFromTheQuery() {
        UpdateRequest head = request("POST /update");
        UpdateRequest whole = head.with("domains=h1&token=t", Parameters.of("domains=h1&token=t"));

        assertThat(dialects.of(head).map(Dialect::name)).contains("dyndns2");
        assertThat(dialects.of(whole).map(Dialect::name)).contains("duckdns");
    }

    private static List<String> requests(String dialect) {
        return switch (dialect) {
            case "duckdns" -> DUCK_DNS.lines().toList();
            case "dyndns2" -> DYNDNS2.lines().toList();
            default -> List.of();
        };
    }

    private static UpdateRequest request(String line) {
        List<String> words = List.of(line.split(" +", -1));
        List<String> target = List.of(words.get(1).split("\\?", 2));
        return new UpdateRequest(
                words.getFirst(),
                target.getFirst(),
                target.size() == 1 ? Parameters.NONE : Parameters.of(target.get(1)),
                _ -> List.of(),
                "",
                new Source(InetAddress.ofLiteral("192.0.2.1"), true));
    }
}
