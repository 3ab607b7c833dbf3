package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.e2e.UpdateTool.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A host's own key in the hands of programs that speak RFC 2136: what it may do, what it may not,
/// and that an address that comes this way is as any other.
class DynamicUpdateClientsTest {
    private static final List<String> HOSTS =
            List.of(
                    "home.dyn.test",
                    "other.dyn.test",
                    "ddclient.dyn.test",
                    "nsupdate.strict.test",
                    "knsupdate.strict.test");

    @RegisterExtension static final OpenedOnce OPENED = new OpenedOnce();

    private static Namespace namespace;
    private static ServiceProcess service;
    private static Map<String, TsigFile> keys;

    @TempDir Path folder;

    @BeforeAll
    static void serve(@TempDir Path data) {
        Tool.requireRootOnLinux();
        Tool.require("ip", "dig", "nsupdate", "knsupdate");
        namespace = OPENED.add(Namespace.create("upd", "127.0.0.1 localhost"));
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
        service.adminLine("account", "add", "alice");
        List<String> hosts = new ArrayList<>(List.of("host", "add", "--account", "alice"));
        hosts.addAll(HOSTS);
        service.admin(hosts.toArray(String[]::new)).mustSucceed();
        keys =
                HOSTS.stream()
                        .collect(
                                Collectors.toMap(
                                        host -> host,
                                        host ->
                                                TsigFile.of(
                                                        service.adminLine(
                                                                "key", "add", "--host", host))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"})
    void anAddressIsSetWithEveryAlgorithmByUdpAndByTcp(String algorithm) {
        TsigFile key =
                TsigFile.of(
                        service.adminLine(
                                "key",
                                "add",
                                algorithm,
                                "--subdomain",
                                algorithm + ".dyn.test",
                                "--algorithm",
                                algorithm));
        for (UpdateTool tool : UpdateTool.values()) {
            String name = tool.program() + "." + algorithm + ".dyn.test";
            String add = "update add " + name + ". 60 A ";

            Report udp = send(tool, key, add + "203.0.113.1");
            Report tcp = send(tool, key, add + "203.0.113.2", "-v");

            assertThat(udp.done()).as(udp.words()).isTrue();
            assertThat(tcp.done()).as(tcp.words()).isTrue();
            assertThat(udp.words()).as("signed as well").contains("TSIG PSEUDOSECTION", algorithm);
            assertThat(dig(name, "A")).containsExactlyInAnyOrder("203.0.113.1", "203.0.113.2");
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateTool.class)
    void aWrongSecretIsToldAsBadsigAndAnUnknownKeyAsBadkey(UpdateTool tool) {
        TsigFile key = key("home.dyn.test");
        String script = set("home.dyn.test", "203.0.113.66");

        Report wrongSecret = send(tool, key.wrong(), script);
        Report unknown = send(tool, new TsigFile("nobody", "hmac-sha256", key.secret()), script);
        Report otherAlgorithm =
                send(tool, new TsigFile(key.name(), "hmac-sha512", key.secret()), script);

        assertThat(wrongSecret.done()).isFalse();
        assertThat(wrongSecret.words()).contains("BADSIG");
        assertThat(unknown.done()).isFalse();
        assertThat(unknown.words()).contains("BADKEY");
        assertThat(otherAlgorithm.done()).isFalse();
        assertThat(otherAlgorithm.words()).contains("BADKEY");
        assertThat(dig("home.dyn.test", "A")).doesNotContain("203.0.113.66");
    }

    @ParameterizedTest
    @EnumSource(UpdateTool.class)
    void withoutAKeyNothingIsChanged(UpdateTool tool) {
        Report report =
                tool.send(
                        namespace,
                        folder,
                        service.dnsPort(),
                        null,
                        "zone dyn.test.\n" + set("home.dyn.test", "203.0.113.66"));

        assertThat(report.done()).isFalse();
        assertThat(report.rcode()).as(report.words()).isEqualTo("REFUSED");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "its addresses             | update add home.dyn.test. 60 AAAA 2001:db8::1 | NOERROR",
                "its own texts             | update add home.dyn.test. 60 TXT hello        | NOERROR",
                "its own challenges        | update add _acme-challenge.home.dyn.test. 60 TXT x | NOERROR",
                "another's address         | update add other.dyn.test. 60 A 203.0.113.66  | REFUSED",
                "another's challenges      | update add _acme-challenge.other.dyn.test. 60 TXT x | REFUSED",
                "names below it            | update add www.home.dyn.test. 60 A 203.0.113.66 | REFUSED",
                "a delegation              | update add home.dyn.test. 60 NS ns.example.net. | REFUSED",
                "the zone itself           | update add dyn.test. 60 TXT x                 | REFUSED",
                "another's deletion        | update delete other.dyn.test.                 | REFUSED",
                "its name in no zone here  | update add home.example.net. 60 A 203.0.113.66 | NOTZONE",
            })
    void aHostsKeyMayChange(String what, String update, String rcode) {
        send(UpdateTool.NSUPDATE, key("other.dyn.test"), set("other.dyn.test", "203.0.113.50"));

        Report report = send(UpdateTool.NSUPDATE, key("home.dyn.test"), update);

        assertThat(report.rcode()).as(report.words()).isEqualTo(rcode);
        assertThat(dig("other.dyn.test", "A")).containsExactly("203.0.113.50");
    }

    @Test
    void aZoneThatIsNotServedHereIsNotOurs() {
        Report report =
                UpdateTool.NSUPDATE.send(
                        namespace,
                        folder,
                        service.dnsPort(),
                        key("home.dyn.test"),
                        "zone example.net.\nupdate add home.example.net. 60 A 203.0.113.66");

        assertThat(report.rcode()).as(report.words()).isEqualTo("NOTAUTH");
    }

    @Test
    void anAddressSetByNsupdateIsTheSameChangeAsOneByHttp() {
        send(UpdateTool.NSUPDATE, key("home.dyn.test"), set("home.dyn.test", "203.0.113.7"));

        String shown = service.adminLine("host", "show", "home.dyn.test", "--json");

        assertThat(shown).contains("\"ipv4\":\"203.0.113.7\"", "\"front\":\"RFC 2136\"");
        assertThat(dig("home.dyn.test", "A")).containsExactly("203.0.113.7");
    }

    @ParameterizedTest
    @EnumSource(UpdateTool.class)
    void needlessRepeatsAreCountedAndEndInARefusal(UpdateTool tool) {
        String host = tool.program() + ".strict.test";
        Report first = send(tool, key(host), set(host, "203.0.113.8"));

        Report again = send(tool, key(host), set(host, "203.0.113.8"));

        assertThat(first.rcode()).as(first.words()).isEqualTo("NOERROR");
        assertThat(again.rcode()).as(again.words()).isEqualTo("REFUSED");
        assertThat(service.adminLine("host", "show", host, "--json"))
                .contains("\"cause\":\"needless-updates\"");
        assertThat(dig(host, "A")).containsExactly("203.0.113.8");
    }

    @Test
    void ddclientSetsAnAddressByNsupdate() throws IOException {
        Tool.require("ddclient");
        String host = "ddclient.dyn.test";
        Path keyFile = TsigFile.write(folder, key(host).bind());

        Command.Result result =
                Ddclient.run(
                        namespace,
                        folder,
                        """
                        protocol=nsupdate
                        use=ip, ip=203.0.113.9
                        server=127.0.0.1:%d
                        zone=dyn.test
                        password=%s
                        ttl=60
                        %s
                        """
                                .formatted(service.dnsPort(), keyFile, host));

        assertThat(result.output()).contains("SUCCESS:  updating " + host);
        assertThat(dig(host, "A")).containsExactly("203.0.113.9");
    }

    @Test
    void aKeyFileThatIsShownIsReadByItsProgram() throws IOException {
        Path bind = folder.resolve("bind.key");
        Path knot = folder.resolve("knot.key");
        service.adminInto(bind, "key", "show", "home.dyn.test").mustSucceed();
        service.adminInto(knot, "key", "show", "home.dyn.test", "--format", "knsupdate")
                .mustSucceed();
        Path script = folder.resolve("script");
        Files.writeString(
                script,
                "server 127.0.0.1 %d\nzone dyn.test.\n%s\nsend\n"
                        .formatted(service.dnsPort(), set("home.dyn.test", "203.0.113.10")));

        namespace.run("nsupdate", "-k", bind.toString(), script.toString()).mustSucceed();
        namespace.run("knsupdate", "-k", knot.toString(), script.toString()).mustSucceed();
        String port = Integer.toString(service.dnsPort());
        String signed =
                namespace
                        .run(
                                "dig",
                                "@127.0.0.1",
                                "-p",
                                port,
                                "-k",
                                bind.toString(),
                                "dyn.test",
                                "SOA")
                        .mustSucceed()
                        .output();

        assertThat(signed).contains("NOERROR", "TSIG PSEUDOSECTION").doesNotContain("verify");
    }

    private Report send(UpdateTool tool, TsigFile key, String script, String... options) {
        String zone = script.contains("strict.test") ? "strict.test." : "dyn.test.";
        return tool.send(
                namespace, folder, service.dnsPort(), key, "zone " + zone + "\n" + script, options);
    }

    /// As clients do it: away with the old one, here is the new one.
    private static String set(String host, String address) {
        return "update delete %s. A\nupdate add %s. 60 A %s".formatted(host, host, address);
    }

    private static TsigFile key(String host) {
        TsigFile key = keys.get(host);
        if (key == null) {
            throw new IllegalStateException("no key for " + host);
        }
        return key;
    }

    private static List<String> dig(String name, String type) {
        return namespace.dig(service.dnsPort(), name, type);
    }
}
