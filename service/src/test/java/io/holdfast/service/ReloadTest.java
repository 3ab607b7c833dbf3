package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import io.holdfast.service.admin.Administrator;
import io.holdfast.service.admin.Answer;
import io.holdfast.service.admin.Detail;
import io.holdfast.service.admin.RecordedAnswer;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/// `holdfast zone reload`: the running service reads holdfast.toml again.
class ReloadTest {
    private static final String LISTEN =
            """
            http = ["127.0.0.1:0"]
            dns = ["127.0.0.1:0"]
            """;

    @TempDir Path folder;
    private Service service;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n");
        service =
                Service.start(
                        () -> ServiceConfig.read(file()),
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void zonesComeAndGo() throws Exception {
        write("[zone.\"dyn.test\"]\n[zone.\"new.test\"]\nrecords = \"new.zone\"\n");
        Files.writeString(
                folder.resolve("new.zone"),
                """
                $TTL 60
                @ SOA ns.example. mail.example. 7 3600 600 86400 60
                @ NS ns.example.
                www A 192.0.2.80
                """);

        assertThat(reload()).isEqualTo(Answer.DONE);

        assertThat(told)
                .containsExactly(
                        "old.test: not served any more",
                        "new.test: served from now on, serial 7",
                        "new.test: 3 record sets read, serial 7");
        assertThat(served("old.test")).isFalse();
        assertThat(rrset("www.new.test")).isTrue();
        service.close();
        service = Service.start(config(), InstantSource.system(), new SecureRandom(), List.of());
        assertThat(served("old.test")).as("after a restart").isFalse();
        assertThat(rrset("www.new.test")).as("after a restart").isTrue();
    }

    @Test
    void aZoneThatCameBackBeginsAnew() throws Exception {
        write("[zone.\"dyn.test\"]\n");
        assertThat(reload()).isEqualTo(Answer.DONE);
        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n");
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(served("old.test")).isTrue();
    }

    @Test
    void aZoneWithHostsStaysAndSoDoesEverythingElse() throws Exception {
        ask(Request.of(Verb.ACCOUNT_ADD, "alice"));
        ask(Request.of(Verb.HOST_ADD, "home.old.test").with(Detail.ACCOUNT, "alice"));
        told.clear();
        write("[zone.\"dyn.test\"]\nttl = \"5m\"\n[zone.\"new.test\"]\n");

        assertThat(reload()).isEqualTo(Answer.COULD_NOT);

        assertThat(told)
                .containsExactly(
                        "old.test still has hosts, home.old.test, which would be nowhere without"
                                + " it; keep the zone while it has any");
        assertThat(served("old.test")).isTrue();
        assertThat(served("new.test")).isFalse();
        assertThat(service.registry().declaredZones().list().getFirst().policy().ttlSeconds())
                .isEqualTo(60);
    }

    @Test
    void aZoneTakenOutOfTheFileWhileStoppedHindersNoReload() throws Exception {
        ask(Request.of(Verb.ACCOUNT_ADD, "alice"));
        ask(Request.of(Verb.HOST_ADD, "home.old.test").with(Detail.ACCOUNT, "alice"));
        service.close();
        write("[zone.\"dyn.test\"]\n");
        service =
                Service.start(
                        () -> ServiceConfig.read(file()),
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of());
        write("[zone.\"dyn.test\"]\n[zone.\"new.test\"]\n");

        assertThat(reload()).isEqualTo(Answer.DONE);

        assertThat(served("new.test")).isTrue();
        assertThat(served("old.test")).isTrue();
        assertThat(told)
                .contains(
                        "old.test: not in the configuration, but served while it has hosts"
                                + " (home.old.test)");
        ask(Request.of(Verb.HOST_REMOVE, "home.old.test"));
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(served("old.test")).isFalse();
    }

    @Test
    void aZoneRemovedByCommandIsGoneUntilTheFileIsReadAgain() throws Exception {
        write(
                """
                [zone."dyn.test"]
                [zone."old.test"]
                transfer-allow = ["127.0.0.1"]
                [catalog]
                zone = "catalog.test"
                transfer-allow = ["127.0.0.1"]
                """);
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(transferred("old.test")).isTrue();
        int members = catalogMembers();

        assertThat(ask(Request.of(Verb.ZONE_REMOVE, "old.test"))).isEqualTo(Answer.DONE);

        assertThat(served("old.test")).isFalse();
        assertThat(transferred("old.test")).isFalse();
        assertThat(catalogMembers()).isEqualTo(members - 1);
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(served("old.test")).isTrue();
        assertThat(catalogMembers()).isEqualTo(members);
    }

    @Test
    void aFaultIsToldWithItsPlaceAndNothingIsTaken() throws Exception {
        write("[zone.\"dyn.test\"]\nttl = \"soon\"\n[zone.\"new.test\"]\n");

        assertThat(reload()).isEqualTo(Answer.COULD_NOT);

        assertThat(told).singleElement().asString().startsWith(file() + ":4:1: ttl: ");
        assertThat(served("new.test")).isFalse();
        assertThat(served("old.test")).isTrue();
    }

    @Test
    void aPolicyHoldsAtOnce() throws Exception {
        write("[zone.\"dyn.test\"]\nttl = \"5m\"\n[zone.\"old.test\"]\n");
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(told).containsExactly("dyn.test: its policy has changed");
        assertThat(service.registry().declaredZones().list().getFirst().policy().ttlSeconds())
                .isEqualTo(300);
    }

    @Test
    void transfersArePermittedAndForbiddenAndTheCatalogFollows() throws Exception {
        assertThat(transferred("dyn.test")).isFalse();
        write(
                """
                [zone."dyn.test"]
                transfer-allow = ["127.0.0.1"]
                [zone."old.test"]
                [catalog]
                zone = "catalog.test"
                transfer-allow = ["127.0.0.1"]
                """);
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(told)
                .contains(
                        "catalog.test: who may have it has changed",
                        "dyn.test: who may have it has changed");
        assertThat(transferred("dyn.test")).isTrue();
        assertThat(transferred("catalog.test")).isTrue();

        write("[zone.\"dyn.test\"]\n[zone.\"old.test\"]\n");
        assertThat(reload()).isEqualTo(Answer.DONE);
        assertThat(transferred("dyn.test")).isFalse();
        assertThat(served("catalog.test")).isFalse();
    }

    @Test
    void whatNeedsARestartIsNamed() throws Exception {
        Files.writeString(
                file(),
                """
                data = "elsewhere"
                http = ["127.0.0.1:1"]
                dns = ["127.0.0.1:2"]
                blocked-agents = ["Bad/1"]
                [zone."dyn.test"]
                [zone."old.test"]
                [dns-tcp]
                idle = "3s"
                [answers]
                nsid = "a"
                """);

        assertThat(reload()).isEqualTo(Answer.DONE);

        assertThat(told)
                .containsExactly(
                        "data has changed and needs a restart",
                        "http has changed and needs a restart",
                        "dns has changed and needs a restart",
                        "[dns-tcp] has changed and needs a restart",
                        "blocked-agents has changed and needs a restart",
                        "[answers] has changed and needs a restart");
    }

    private Path file() {
        return folder.resolve("holdfast.toml");
    }

    private ServiceConfig config() throws Exception {
        return ServiceConfig.read(file());
    }

    private void write(String zones) throws IOException {
        Files.writeString(file(), LISTEN + zones);
    }

    private int reload() throws Exception {
        told.clear();
        return ask(Request.of(Verb.ZONE_RELOAD));
    }

    private int ask(Request request) throws Exception {
        RecordedAnswer answer = new RecordedAnswer();
        int code = new Administrator(folder.resolve("data")).ask(request, answer);
        told.addAll(answer.remarks());
        return code;
    }

    private boolean served(String apex) {
        return service.registry().zones().current().isApex(Name.of(apex));
    }

    /// How many zones the catalog names (RFC 9432 section 4.1).
    private int catalogMembers() {
        AtomicInteger members = new AtomicInteger();
        service.registry()
                .zones()
                .current()
                .closest(Name.of("catalog.test"))
                .orElseThrow()
                .snapshot()
                .forEach(rrset -> members.addAndGet(rrset.type().equals(Type.PTR) ? 1 : 0));
        return members.get();
    }

    private boolean rrset(String name) {
        return service.registry()
                .zones()
                .current()
                .closest(Name.of(name))
                .flatMap(zone -> zone.rrset(Name.of(name), Type.A))
                .isPresent();
    }

    private boolean transferred(String apex) throws IOException {
        ZoneTransferIn transfer =
                ZoneTransferIn.newAXFR(
                        org.xbill.DNS.Name.fromString(apex + "."),
                        "127.0.0.1",
                        service.dns().getFirst().getPort(),
                        null);
        try {
            transfer.run();
            return !transfer.getAXFR().isEmpty();
        } catch (ZoneTransferException refused) {
            return false;
        }
    }
}
