package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The packaged `holdfast` command, run by the JDK that runs the tests as the launcher runs it: the
/// agent from its own jar, every start from what the JVM learnt in a rehearsal, short commands and
/// the agent with the first compiler alone.
final class Distribution {
    private Distribution() {}

    /// The words that start it with these arguments.
    static List<String> command(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        Path jar = jar(first.equals("agent") ? "holdfast-agent.jar" : "holdfast.jar");
        List<String> words = new ArrayList<>(java());
        words.add("-XX:AOTCache=" + (first.equals("agent") ? Rehearsed.AGENT : Rehearsed.ALL));
        words.addAll(List.of("-XX:+UseCompactObjectHeaders", "-Xlog:disable"));
        words.add("-Xlog:all=error,aot*=off,cds*=off:stderr");
        if (!first.equals("serve")) {
            words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
        words.addAll(List.of("-jar", jar.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /// One of the two jars that are started.
    static Path jar(String name) {
        Path jar =
                Path.of(System.getProperty("holdfast.distribution", "../cli/target/holdfast"))
                        .resolve(name)
                        .toAbsolutePath()
                        .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing; package the cli module first: mvn -pl e2e -am verify");
        }
        return jar;
    }

    private static List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /// What the JVM learns once, before the first start: a start takes half to two thirds of the
    /// processor time by it, and there are hundreds.
    private static final class Rehearsed {
        static final Path ALL = rehearse("holdfast");
        static final Path AGENT = rehearse("holdfast-agent");

        private static Path rehearse(String name) {
            try {
                Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
                Path cache = target.resolve(name + ".aot");
                List<String> words = new ArrayList<>(java());
                words.add("-XX:AOTCacheOutput=" + cache);
                words.addAll(List.of("-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"));
                words.addAll(List.of("-Djava.io.tmpdir=" + target, "-Xlog:disable"));
                words.addAll(List.of("-jar", jar(name + ".jar").toString(), "rehearse"));
                Command.run(words.toArray(String[]::new)).mustSucceed();
                return cache;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
