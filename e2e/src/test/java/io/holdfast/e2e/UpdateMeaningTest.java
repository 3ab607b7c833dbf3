package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.e2e.UpdateScenario.Step;
import io.holdfast.e2e.UpdateTool.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// nsupdate sends the scenarios of `rfc2136.txt` to us and to BIND: both have to do what is written
/// there, so that the expectations are more than our own opinion.
class UpdateMeaningTest {
    private static final List<UpdateScenario> SCENARIOS = UpdateScenario.all();
    private static final int BIND_PORT = 5353;
    private static final String KEY =
            "meaning hmac-sha256 c2l4dGVlbiBvY3RldHMgaGVyZS4uLi4uLi4uLi4uLi4=";

    @RegisterExtension static final OpenedOnce OPENED = new OpenedOnce();

    private static Namespace namespace;
    private static ServiceProcess service;
    private static Resolver ours;
    private static Resolver theirs;

    @TempDir Path folder;

    @BeforeAll
    static void serve(@TempDir Path data) throws Exception {
        Tool.requireRootOnLinux();
        Tool.require("ip", "nsupdate", "named");
        namespace = OPENED.add(Namespace.create("mean", "127.0.0.1 localhost"));
        List<String> zones = SCENARIOS.stream().map(UpdateScenario::zone).toList();
        TsigFile key = TsigFile.of(KEY);
        OPENED.add(
                new BindPrimary(
                        namespace,
                        Files.createDirectory(data.resolve("bind")),
                        BIND_PORT,
                        key,
                        zones,
                        """
                        $TTL 60
                        @ SOA ns1.example.net. host.example.net. 100 3600 600 86400 60
                          3600 NS ns1.example.net.
                        """));
        StringBuilder configuration = new StringBuilder();
        for (String zone : zones) {
            configuration.append(
                    """
                    [zone."%s"]
                    nameservers = ["ns1.example.net"]
                    ttl = "60s"
                    """
                            .formatted(zone));
        }
        service =
                OPENED.add(
                        ServiceProcess.in(
                                        data.resolve("holdfast"),
                                        namespace,
                                        "127.0.0.1",
                                        configuration.toString())
                                .start());
        Stream<String> all = zones.stream().flatMap(zone -> Stream.of("--zone", zone));
        service.adminLine(
                Stream.concat(Stream.of("key", "add", key.name(), "--secret", key.secret()), all)
                        .toArray(String[]::new));
        ours = OPENED.add(new Resolver(namespace, "127.0.0.1", service.dnsPort()));
        theirs = OPENED.add(new Resolver(namespace, "127.0.0.1", BIND_PORT));
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void holdfast(UpdateScenario scenario) {
        play(scenario, service.dnsPort(), ours);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void bind(UpdateScenario scenario) {
        play(scenario, BIND_PORT, theirs);
    }

    private void play(UpdateScenario scenario, int port, Resolver resolver) {
        for (Step step : scenario.steps()) {
            switch (step) {
                case Step.Send send -> send(send, scenario.zone(), port, resolver);
                case Step.Look look ->
                        assertThat(resolver.askWithTtls(look.name(), look.type()))
                                .as("%s %s", look.name(), look.type())
                                .isEqualTo(asTheResolverWritesThem(look));
            }
        }
    }

    private void send(Step.Send step, String zone, int port, Resolver resolver) {
        long before = serial(zone, resolver);
        Report report =
                UpdateTool.NSUPDATE.send(namespace, folder, port, TsigFile.of(KEY), step.script());
        assertThat(report.rcode()).as(step.script() + report.words()).isEqualTo(step.rcode());
        step.serial()
                .ifPresent(grown ->
                        assertThat(serial(zone, resolver) - before)
                                .as("the serial's growth by\n%s", step.script())
                                .isEqualTo(grown));
    }

    private static long serial(String zone, Resolver resolver) {
        return Long.parseLong(resolver.askWithTtls(zone + ".", "SOA").getFirst().split(" ")[3]);
    }

    private static List<String> asTheResolverWritesThem(Step.Look look) {
        return look.records().stream().map(record -> rewritten(record, look.type())).toList();
    }

    private static String rewritten(String ttlAndData, String type) {
        String[] words = ttlAndData.split(" ", 2);
        try {
            return words[0]
                    + " "
                    + Record.fromString(
                                    Name.root, Type.value(type), DClass.IN, 0, words[1], Name.root)
                            .rdataToString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
