package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `./holdfast`, with a JDK and a Maven that only say that they were called.
///
/// It is told to want a JDK that no machine has, so that only the one made here will do.
class LauncherTest {
    private static final String WANTED = "9999";

    @TempDir Path temporary;

    private Path home;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void layOut() throws Exception {
        home = Files.createDirectories(temporary.resolve("a checkout"));
        String launcher = Files.readString(Path.of("../holdfast"));
        assertThat(launcher).contains("\nneeded=25\n");
        script(home.resolve("holdfast"), launcher.replace("needed=25", "needed=" + WANTED));
        for (String module : modules(launcher)) {
            Path source = home.resolve(module + "/src/main/java/A.java");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "");
            Files.writeString(home.resolve(module + "/pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");

        jdk = temporary.resolve("a jdk");
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        script(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                for last; do :; done
                [ "$last" = rehearse ] || { echo "java $$ $last"; }
                """);
        Files.writeString(jdk.resolve("release"), "A=\"b\"\nJAVA_VERSION=\"9999.0.1\"\n");

        tools = temporary.resolve("tools");
        script(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                echo "[INFO] Building Holdfast: cli [7/7]"
                mkdir -p cli/target/holdfast
                echo called >> cli/target/calls
                touch cli/target/holdfast/.built
                """);
    }

    /// What the launcher looks at to know whether its build is fresh.
    private static List<String> modules(String launcher) {
        Matcher list = Pattern.compile("(?m)^modules=\"(.*)\"$").matcher(launcher);
        assertThat(list.find()).isTrue();
        return List.of(list.group(1).split(" "));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Launch(int code, long pid, String out, String err) {}

    private Launch launchWith(String javaHome, String... command) throws Exception {
        Path err = temporary.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(temporary.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", javaHome);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Launch(process.exitValue(), process.pid(), out, Files.readString(err));
    }

    private Launch launch(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("holdfast").toString()));
        command.addAll(List.of(arguments));
        return launchWith(jdk.toString(), command.toArray(String[]::new));
    }

    private int builds() throws IOException {
        return Files.readAllLines(home.resolve("cli/target/calls")).size();
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        Launch launch = launchWith("/nowhere", home.resolve("holdfast").toString(), "--version");
        assertThat(launch.code).isEqualTo(1);
        assertThat(launch.err).contains("no JDK " + WANTED, "apt install", "brew install", "sdk");
        assertThat(launch.out).isEmpty();
    }

    /// The JVM would keep counters there for every process.
    @Test
    void noJvmWritesToTheSystemsTemporaryFolder() throws Exception {
        script(jdk.resolve("bin/java"), "#!/bin/sh\nfor one; do echo \"$one\"; done\n");
        for (String command : List.of("serve", "agent", "host", "try")) {
            assertThat(launch(command).out.lines()).as(command).contains("-XX:-UsePerfData");
        }
        assertThat(home.resolve("target/holdfast-rehearsal.log"))
                .content()
                .contains("-XX:-UsePerfData\n")
                .contains("-Djava.io.tmpdir=" + home.toRealPath().resolve("target") + "\n");
    }

    @Test
    void theAgentRunsFromAJarOfItsOwnAndEveryOtherCommandFromTheWhole() throws Exception {
        script(jdk.resolve("bin/java"), "#!/bin/sh\nfor one; do echo \"$one\"; done\n");
        Path built = home.toRealPath().resolve("cli/target/holdfast");
        assertThat(launch("agent", "status").out.lines())
                .contains("-XX:AOTCache=" + built.resolve("holdfast-agent.aot"))
                .containsSubsequence("-jar", built.resolve("holdfast-agent.jar").toString());
        for (String command : List.of("serve", "host", "try", "help")) {
            assertThat(launch(command, "agent").out.lines())
                    .as(command)
                    .contains("-XX:AOTCache=" + built.resolve("holdfast.aot"))
                    .containsSubsequence("-jar", built.resolve("holdfast.jar").toString());
        }
    }

    @Test
    void buildsOnceAndThenBecomesTheJvm() throws Exception {
        Launch first = launch("an argument");
        assertThat(first.out).isEqualTo("java " + first.pid + " an argument\n");
        assertThat(first.err).contains("building");
        Launch second = launch("again");
        assertThat(second.out).isEqualTo("java " + second.pid + " again\n");
        assertThat(second.err).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void looksAtEveryModuleOfTheBuildThatItNeeds() throws Exception {
        List<String> all =
                Pattern.compile("<module>(.*)</module>")
                        .matcher(Files.readString(Path.of("../pom.xml")))
                        .results()
                        .map(module -> module.group(1))
                        .filter(module -> !List.of("e2e", "bench").contains(module))
                        .toList();
        assertThat(modules(Files.readString(Path.of("../holdfast"))))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    /// On a terminal: that Maven fetches, then which module it builds, each until it is seen.
    @Test
    @EnabledOnOs(OS.LINUX)
    void showsItsProgressOnOneShortLineAndClearsIt() throws Exception {
        Path screen = temporary.resolve("screen");
        script(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                await() { until grep -q "$1" '%1$s'; do kill -0 $PPID || exit 1; sleep 0.1; done; }
                echo "[INFO] Building Holdfast: cli                   [7/8]"
                echo "Downloading from central: https://repo.example/a/very/long/path/of/some/library/1.0/it-1.0.jar"
                await 'fetching libraries (120 MB, once) 0:0'
                echo "[INFO] Compiling 5 source files with javac"
                await 'building 7/8 cli 0:0'
                mkdir -p cli/target/holdfast
                touch cli/target/holdfast/.built
                """
                        .formatted(screen));

        Launch launch =
                launchWith(
                        jdk.toString(),
                        "script",
                        "-qefc",
                        "'" + home.resolve("holdfast") + "' x",
                        screen.toString());

        assertThat(launch.code).isZero();
        String shown = launch.out;
        assertThat(shown.split("[\\r\\n]+"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(60));
        String last = shown.substring(0, shown.indexOf("java "));
        assertThat(last).endsWith("\r" + " ".repeat(58) + "\r");
    }

    @Test
    void buildsAgainWhenASourceAPomOrAFolderIsNewer() throws Exception {
        launch("x");
        int builds = 1;
        for (String changed : List.of("dns/src/main/java/A.java", "pom.xml", "net/src/main/java")) {
            Files.setLastModifiedTime(
                    home.resolve(changed), FileTime.from(Instant.now().plusSeconds(5)));
            assertThat(launch("x").code).isZero();
            assertThat(builds()).as(changed).isEqualTo(++builds);
            Files.setLastModifiedTime(home.resolve(changed), FileTime.from(Instant.EPOCH));
        }
        launch("x");
        assertThat(builds()).isEqualTo(builds);
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        Files.createSymbolicLink(temporary.resolve("first"), home.resolve("holdfast"));
        Path second = Files.createSymbolicLink(temporary.resolve("second"), Path.of("first"));
        assertThat(launchWith(jdk.toString(), second.toString(), "x").out).endsWith(" x\n");
    }

    @Test
    void aFailedBuildShowsMavensErrorsAndNamesTheLog() throws Exception {
        script(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                echo "[INFO] much"
                echo "[ERROR] A.java:[1,1] this is wrong"
                exit 1
                """);
        Launch launch = launch("x");
        assertThat(launch.code).isEqualTo(1);
        assertThat(launch.out).isEmpty();
        assertThat(launch.err)
                .contains("this is wrong", home.resolve("target/holdfast-build.log").toString())
                .doesNotContain("much");
    }

    @Test
    void aLockOfAKilledBuildIsPassedOver() throws Exception {
        Files.createDirectories(home.resolve("target"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createSymbolicLink(
                home.resolve("target/holdfast-build.lock"), Path.of(Long.toString(dead.pid())));
        assertThat(launch("x").code).isZero();
        assertThat(home.resolve("target/holdfast-build.lock")).doesNotExist();
    }
}
