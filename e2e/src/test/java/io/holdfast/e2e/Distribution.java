package io.holdfast.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The packaged `holdfast` command, run by the JDK that runs the tests.
final class Distribution {
    private Distribution() {}

    /// The words that start it; its own arguments follow.
    static List<String> command() {
        Path jar =
                Path.of(System.getProperty("holdfast.distribution", "../cli/target/holdfast"))
                        .resolve("holdfast.jar")
                        .toAbsolutePath()
                        .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; package the cli module first: mvn -pl e2e -am verify");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString());
    }
}
