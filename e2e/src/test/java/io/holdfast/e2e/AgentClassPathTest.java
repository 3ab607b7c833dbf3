package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on the class path of the agent's process. It sits on small machines: no server, no
/// database, no logging but the JDK's.
class AgentClassPathTest {
    /// One class of each library that only the service has.
    private static final List<String> OF_THE_SERVICE =
            List.of(
                    "ch.qos.logback.classic.Logger",
                    "ch.qos.logback.core.Appender",
                    "io.holdfast.service.Service",
                    "io.javalin.Javalin",
                    "jakarta.servlet.Servlet",
                    "kotlin.Unit",
                    "org.eclipse.jetty.server.Server",
                    "org.flywaydb.core.Flyway",
                    "org.sqlite.JDBC");

    private static final Pattern LOGGED =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d) (.*)");

    @TempDir Path folder;

    private static boolean has(String jar, String className) throws IOException {
        URL[] start = {Distribution.jar(jar).toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(start, ClassLoader.getPlatformClassLoader())) {
            loader.loadClass(className);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    @Test
    void nothingOfTheServiceIsOnThePathOfTheAgent() throws Exception {
        for (String className : OF_THE_SERVICE) {
            assertThat(has("holdfast.jar", className)).as("all: " + className).isTrue();
            assertThat(has("holdfast-agent.jar", className)).as("agent: " + className).isFalse();
        }
    }

    @Test
    void eachProcessHasOneWayToLog() throws Exception {
        String agents = "org.slf4j.jul.JDK14LoggerAdapter";
        assertThat(has("holdfast-agent.jar", agents)).isTrue();
        assertThat(has("holdfast.jar", agents)).isFalse();
    }

    @Test
    void everyJarOnThePathOfTheAgentIsThere() throws Exception {
        Path agent = Distribution.jar("holdfast-agent.jar");
        try (JarFile jar = new JarFile(agent.toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(Stream.of(path.split(" ")).map(one -> Path.of(agent.toUri().resolve(one))))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one).isRegularFile());
        }
    }

    @Test
    void theAgentSaysThereWhatItSaysElsewhere() {
        for (List<String> words :
                List.of(
                        List.of("agent", "--help"),
                        List.of("agent", "status", "--help"),
                        List.of("agent", "--version"),
                        List.of("agent", "bogus"))) {
            Command.Result there = Command.run(array(Distribution.command(array(words))));
            Command.Result elsewhere = Command.run(array(withTheWholePath(words)));
            assertThat(there.output()).isEqualTo(elsewhere.output()).isNotBlank();
            assertThat(there.status()).isEqualTo(elsewhere.status());
        }
    }

    /// Nobody listens at the provider's port.
    @Test
    void itsLogHasTheSameLinesAtEveryLevel() throws Exception {
        for (String level : List.of("debug", "error", "nonsense")) {
            List<String> there = logged(level, "there-" + level, Distribution::command);
            List<String> elsewhere =
                    logged(level, "elsewhere-" + level, words -> withTheWholePath(List.of(words)));
            assertThat(there).as(level).isEqualTo(elsewhere);
            assertThat(there.isEmpty()).as(level).isEqualTo(level.equals("error"));
        }
    }

    /// Level and message of each line of `agent --once`, whose time is looked at and left out.
    private List<String> logged(String level, String at, Function<String[], List<String>> command)
            throws IOException {
        Path configuration = Files.createDirectory(folder.resolve(at)).resolve("agent.toml");
        Files.writeString(
                configuration,
                """
                [[name]]
                name = "home.dyn.test"
                provider = "dyndns2"
                server = "http://127.0.0.1:9"
                user = "me"
                password = "x"
                ipv4 = "static 192.0.2.7"
                """);
        String[] once = {"agent", "--once", "--config", configuration.toString()};
        return Command.run(Map.of("HOLDFAST_LOG", level), array(command.apply(once)))
                .output()
                .lines()
                .map(LOGGED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    /// The agent as it runs where the class path has everything, as in `holdfast try`.
    private static List<String> withTheWholePath(List<String> words) {
        return Distribution.command(array(words)).stream()
                .map(word ->
                        word.replace("holdfast-agent.jar", "holdfast.jar")
                                .replace("holdfast-agent.aot", "none.aot"))
                .toList();
    }

    private static String[] array(List<String> words) {
        return words.toArray(String[]::new);
    }
}
