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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        for (String module : List.of("config", "net", "dns", "service", "agent", "cli")) {
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
