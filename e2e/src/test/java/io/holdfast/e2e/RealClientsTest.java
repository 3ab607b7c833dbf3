package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.e2e.UpdateClient.Account;
import io.holdfast.e2e.UpdateClient.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Update clients from Debian against the packaged service, in a namespace with loopback only: what
/// the service says and what they understand are the same.
class RealClientsTest {
    private static final String KEY = "s3cret-of-alice";

    @RegisterExtension static final OpenedOnce OPENED = new OpenedOnce();

    private static Namespace namespace;
    private static ServiceProcess service;

    @TempDir Path folder;

    static Stream<UpdateClient> clients() {
        return Stream.of(
                new Ddclient(),
                new Inadyn(),
                Fetcher.curl(),
                Fetcher.gnuWget(),
                Fetcher.busyboxWget());
    }

    @BeforeAll
    static void serve(@TempDir Path data) {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dig");
        namespace =
                OPENED.add(
                        Namespace.create(
                                "clients",
                                // ddclient falls back to its built-in provider when it dislikes a
                                // server.
                                "127.0.0.1 localhost members.dyndns.org dynupdate.no-ip.com"));
        service =
                OPENED.add(
                        ServiceProcess.in(
                                        data,
                                        namespace,
                                        "127.0.0.1",
                                        """
                                        [zone."dyn.test"]
                                        [zone."strict.test"]
                                        unchanged-allowed = 0
                                        unchanged-grace = "0s"
                                        """)
                                .start());
        service.admin("account", "add", "alice", "--update-key", KEY).mustSucceed();
        List<String> addHosts = new ArrayList<>(List.of("host", "add"));
        for (UpdateClient client : clients().toList()) {
            addHosts.add(client.program() + ".dyn.test");
            addHosts.add(client.program() + ".strict.test");
        }
        addHosts.addAll(List.of("--account", "alice"));
        service.admin(addHosts.toArray(String[]::new)).mustSucceed();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void updateAHostAndDnsSeesIt(UpdateClient client) {
        String host = client.program() + ".dyn.test";

        Report ipv4 = update(client, KEY, host, "203.0.113.7");
        Report ipv6 = update(client, KEY, host, "2001:db8::7");

        assertThat(ipv4.success()).as(ipv4.words()).isTrue();
        assertThat(ipv6.success()).as(ipv6.words()).isTrue();
        assertThat(dig(host, "A")).containsExactly("203.0.113.7");
        assertThat(dig(host, "AAAA")).containsExactly("2001:db8::7");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void takeABadPasswordForAFailure(UpdateClient client) {
        String host = client.program() + ".dyn.test";

        Report report = update(client, "wrong", host, "203.0.113.66");

        assertThat(report.success()).as(report.words()).isFalse();
        assertThat(dig(host, "A")).doesNotContain("203.0.113.66");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void takeAnUnknownHostForAFailure(UpdateClient client) {
        Report report = update(client, KEY, "nobody.dyn.test", "203.0.113.7");

        assertThat(report.success()).as(report.words()).isFalse();
        assertThat(report.words()).contains("nohost");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void takeABlockForAbuseForAFailure(UpdateClient client) {
        String host = client.program() + ".strict.test";
        Report first = update(client, KEY, host, "203.0.113.8");

        Report again = update(client, KEY, host, "203.0.113.8");

        assertThat(first.success()).as(first.words()).isTrue();
        assertThat(again.success()).as(again.words()).isFalse();
        assertThat(again.words()).contains("abuse");
        assertThat(dig(host, "A")).containsExactly("203.0.113.8");
    }

    /// Each time with an empty folder: a client that remembers would, rightly, not repeat itself.
    private Report update(UpdateClient client, String key, String host, String address) {
        Tool.require(client.program());
        try {
            return client.update(
                    namespace,
                    Files.createTempDirectory(folder, "run"),
                    new Account(service.httpPort(), "alice", key),
                    host,
                    address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> dig(String name, String type) {
        return namespace.dig(service.dnsPort(), name, type);
    }
}
