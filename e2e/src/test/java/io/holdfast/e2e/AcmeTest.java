package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A host gets certificates for its name with nothing but its own key: ACME clients prove the name
/// by DNS-01 and RFC 2136 here, and the authority, pebble, asks this name server for the proof.
class AcmeTest {
    @RegisterExtension static final OpenedOnce OPENED = new OpenedOnce();

    private static Namespace namespace;
    private static ServiceProcess service;
    private static Pebble authority;

    static Stream<AcmeClient> clients() {
        return Stream.of(new Certbot(), new Lego(), new Dehydrated());
    }

    @BeforeAll
    static void serve(@TempDir Path data) throws Exception {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dig", "openssl", "pebble", "nsupdate");
        namespace = OPENED.add(Namespace.create("acme", "127.0.0.1 localhost"));
        service =
                OPENED.add(
                        ServiceProcess.in(
                                        data.resolve("holdfast"),
                                        namespace,
                                        "127.0.0.1",
                                        "[zone.\"dyn.test\"]\n")
                                .start());
        service.adminLine("account", "add", "alice");
        for (AcmeClient client : clients().toList()) {
            service.adminLine("host", "add", host(client), "--account", "alice");
        }
        authority =
                OPENED.add(
                        new Pebble(
                                namespace,
                                Files.createDirectory(data.resolve("ca")),
                                service.dnsPort()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aHostGetsACertificateWithItsOwnKey(AcmeClient client, @TempDir Path folder)
            throws Exception {
        Tool.require(client.program());
        String host = host(client);
        TsigFile key = TsigFile.of(service.adminLine("key", "add", "--host", host));

        Path file =
                client.obtain(
                        namespace,
                        folder,
                        new AcmeClient.World(
                                authority.directory(), authority.trusted(), service.dnsPort()),
                        key,
                        host);

        assertThat(namesIn(file)).containsExactlyInAnyOrder(host, "*." + host);
        assertThat(proofs(host)).as("proofs left behind").contains("status: NXDOMAIN");
    }

    private static String host(AcmeClient client) {
        return client.program() + ".dyn.test";
    }

    private static List<String> namesIn(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in);
            return certificate.getSubjectAlternativeNames().stream()
                    .map(name -> (String) name.get(1))
                    .toList();
        }
    }

    private static String proofs(String host) {
        return namespace
                .run(
                        "dig",
                        "@127.0.0.1",
                        "-p",
                        "" + service.dnsPort(),
                        "_acme-challenge." + host,
                        "TXT")
                .mustSucceed()
                .output();
    }
}
