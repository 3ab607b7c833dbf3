package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/// What the world sees of a zone: by DNS, and as a master file that other servers' checkers accept.
class NameServerTest {
    private static final String RECORDS =
            """
            $TTL 300
            @     SOA ns1 hostmaster 2026112200 3600 600 86400 60
                  NS  ns1
            ns1   A   192.0.2.53
            www   A   192.0.2.80
                  TXT "the operator's own"
            big   TXT "%s"
            *.w   CNAME www
            """
                    .formatted(
                            "0123456789".repeat(25)
                                    + "\" \""
                                    + "0123456789".repeat(25)
                                    + "\" \""
                                    + "0123456789".repeat(25)
                                    + "\" \""
                                    + "0123456789".repeat(25)
                                    + "\" \""
                                    + "0123456789".repeat(25)
                                    + "\" \""
                                    + "0123456789".repeat(25));

    @TempDir Path folder;
    private ServiceProcess service;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("dyn.zone"), RECORDS);
        service =
                ServiceProcess.in(
                                folder,
                                """
                                [zone."dyn.test"]
                                records = "dyn.zone"
                                """)
                        .start();
        service.addHost("home.dyn.test", "home-secret-1");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aHostWithoutAnAddressIsNoDataAndAStrangerIsNoName() {
        for (int start = 0; start < 2; start++) {
            assertNoData(Dns.query(service.dnsPort(), "home.dyn.test", "A"));
            assertThat(Dns.query(service.dnsPort(), "nobody.dyn.test", "A").getRcode())
                    .isEqualTo(Rcode.NXDOMAIN);
            assertThat(Dns.query(service.dnsPort(), "www.example.org", "A").getRcode())
                    .isEqualTo(Rcode.REFUSED);
            service.kill();
            service.start();
        }
    }

    @Test
    void theOperatorsRecordsAndTheHostsAreOneZone() throws Exception {
        update("203.0.113.7");
        assertThat(Dns.ask(service.dnsPort(), "home.dyn.test", "A")).containsExactly("203.0.113.7");
        assertThat(Dns.ask(service.dnsPort(), "www.dyn.test", "TXT"))
                .containsExactly("\"the operator's own\"");
        assertThat(Dns.ask(service.dnsPort(), "any.w.dyn.test", "A"))
                .containsExactly("www.dyn.test.", "192.0.2.80");
    }

    @Test
    void whatIsTooLongForADatagramComesByTcp() {
        Tool.require("dig");
        String port = String.valueOf(service.dnsPort());
        Command.Result udp =
                Command.run(
                        "dig",
                        "@127.0.0.1",
                        "-p",
                        port,
                        "+ignore",
                        "+noall",
                        "+comments",
                        "big.dyn.test",
                        "TXT");
        assertThat(udp.mustSucceed().output()).contains("flags: qr aa tc");
        Command.Result tcp =
                Command.run("dig", "@127.0.0.1", "-p", port, "+short", "big.dyn.test", "TXT");
        assertThat(tcp.mustSucceed().output()).contains("0123456789".repeat(25));
    }

    @Test
    void theExportedZoneIsAcceptedByOtherServersCheckers() throws Exception {
        Tool.require("named-checkzone", "kzonecheck");
        update("203.0.113.7");
        Path exported = folder.resolve("exported.zone");
        service.admin("zone", "export", "dyn.test", exported.toString()).mustSucceed();
        assertThat(Files.readString(exported)).contains("203.0.113.7").contains("operator's own");
        Command.run("named-checkzone", "dyn.test", exported.toString()).mustSucceed();
        Command.run("kzonecheck", "-o", "dyn.test", exported.toString()).mustSucceed();
    }

    @Test
    void everyChangeGivesTheZoneAGreaterSerial() throws Exception {
        long before = serial();
        update("203.0.113.7");
        long after = serial();
        assertThat(after).isGreaterThan(before);
        update("203.0.113.7");
        assertThat(serial()).isEqualTo(after);
        service.kill();
        service.start();
        assertThat(serial()).isEqualTo(after);
    }

    private void update(String address) throws IOException, InterruptedException {
        try (Updates client = new Updates(service.httpPort())) {
            assertThat(client.send("home.dyn.test", "home-secret-1", address)).endsWith(address);
        }
    }

    private long serial() {
        String soa = Dns.ask(service.dnsPort(), "dyn.test", "SOA").getFirst();
        return Long.parseLong(soa.split(" ")[2]);
    }

    private static void assertNoData(Message reply) {
        assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(reply.getSection(Section.ANSWER)).isEmpty();
        assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1);
    }
}
