package io.holdfast.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The packaged `holdfast` command, run by the JDK that runs the tests as the launcher runs it:
/// short commands and the agent start quickly with the first compiler alone.
final class Distribution {
    private Distribution() {}

    /// The words that start it with these arguments.
    static List<String> command(String... arguments) {
        Path jar =
                Path.of(System.getProperty("holdfast.distribution", "../cli/target/holdfast"))
                        .resolve("holdfast.jar")
                        .toAbsolutePath()
                        .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; package the cli module first: mvn -pl e2e -am verify");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (arguments.length == 0 || !arguments[0].equals("serve")) {
            words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
        words.addAll(List.of("-jar", jar.toString()));
        words.addAll(List.of(arguments));
        return words;
    }
}
