package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `holdfast zone reload`: the operator's file is read again while the service answers.
class ReloadTest {
    private static final int RELOADS = 8;

    @TempDir Path folder;
    private ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        write("www A 192.0.2.1");
        service =
                ServiceProcess.in(folder, "[zone.\"dyn.test\"]\nrecords = \"dyn.zone\"\n").start();
        service.addHost("home.dyn.test", "home-secret-1");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void sighupReadsAgainWhatTheOperatorWroteAndTheLogSaysWhatCameOfIt() throws Exception {
        write("www A 192.0.2.2");
        service.hangUp();
        Eventually.equal(
                List.of("192.0.2.2"),
                () -> Dns.ask(service.dnsPort(), "www.dyn.test", "A"),
                this::log);
        Eventually.equal(
                true, () -> log().contains("dyn.test: 3 record sets read, serial "), this::log);

        write("www A nonsense");
        service.hangUp();
        Eventually.equal(true, () -> log().contains("nothing was taken"), this::log);
        assertThat(log()).contains("dyn.zone:4:5: A with the data nonsense");
        assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A")).containsExactly("192.0.2.2");
        service.stop();
    }

    @Test
    void everyQuestionIsAnsweredRightWhileFilesAreReadAgain() throws Exception {
        try (Updates client = new Updates(service.httpPort())) {
            client.send("home.dyn.test", "home-secret-1", "203.0.113.7");
        }
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> asked =
                CompletableFuture.supplyAsync(() -> {
                    int questions = 0;
                    while (!done.get()) {
                        assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A"))
                                .isSubsetOf("192.0.2.1", "192.0.2.2")
                                .hasSize(1);
                        assertThat(Dns.ask(service.dnsPort(), "home.dyn.test", "A"))
                                .containsExactly("203.0.113.7");
                        questions += 2;
                    }
                    return questions;
                });
        for (int i = 1; i <= RELOADS; i++) {
            write("www A 192.0.2." + (1 + i % 2));
            assertThat(service.admin("zone", "reload").mustSucceed().output())
                    .contains("dyn.test: 3 record sets read, serial ");
            assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A"))
                    .containsExactly("192.0.2." + (1 + i % 2));
        }
        done.set(true);
        assertThat(asked.get()).isPositive();
    }

    @Test
    void aFaultyFileChangesNothingAndEveryFaultIsTold() throws IOException {
        write("www A 192.0.2.2\nx A 192.0.2.300\n$INCLUDE more");
        Files.writeString(folder.resolve("more"), "y NOTYPE\n");

        Command.Result refused = service.admin("zone", "reload", "dyn.test");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains(folder.resolve("dyn.zone") + ":5:3: A with the data 192.0.2.300")
                .contains(folder.resolve("more") + ":1:3: \"NOTYPE\" is no record type");
        assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "A")).isEqualTo(List.of("192.0.2.1"));
    }

    @Test
    void aRecordInTheWayOfAHostIsRefusedByName() throws IOException {
        write("home A 192.0.2.2");

        Command.Result refused = service.admin("zone", "reload");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("home.dyn.test is a host here");
    }

    @Test
    void aNameServerWithoutAnAddressIsWarnedOf() throws IOException {
        write("@ NS nowhere");

        assertThat(service.admin("zone", "reload").mustSucceed().output())
                .contains("the name server nowhere.dyn.test of the zone dyn.test has no address");
    }

    private void write(String records) throws IOException {
        Files.writeString(
                folder.resolve("dyn.zone"),
                """
                $TTL 300
                @ SOA ns hostmaster 1 3600 600 86400 60
                @ NS ns.example.org.
                %s
                """
                        .formatted(records));
    }

    private String log() {
        try {
            return Files.readString(service.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
