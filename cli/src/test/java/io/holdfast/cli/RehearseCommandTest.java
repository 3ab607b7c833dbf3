package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the JVM is to know at the next start has to have been used in the rehearsal.
class RehearseCommandTest {
    @Test
    void itPlaysUpdatesOverHttpAndSignedOnesByDns() throws Exception {
        Process rehearsal =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.holdfast.cli.Main",
                                "rehearse")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(rehearsal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rehearsal.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("io.holdfast.service.dyndns.HttpUpdates source:")
                .contains("io.holdfast.service.change.ZoneUpdateDecision source:")
                .contains("io.holdfast.dns.tsig.TsigSigner source:");
    }
}
