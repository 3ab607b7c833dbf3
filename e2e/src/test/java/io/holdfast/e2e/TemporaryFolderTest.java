package io.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The system's temporary folders are of no use on hardened servers: the service and its commands
/// need none, and leave nothing there.
class TemporaryFolderTest {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-of-the-host";

    /// Everything a test writes: not below /tmp, which is what the tests spoil.
    private static final Path BESIDE_THE_BUILD = Path.of("target").toAbsolutePath();

    private Path folder = BESIDE_THE_BUILD;

    @BeforeEach
    void makeFolder() throws IOException {
        Tool.requireRootOnLinux();
        Tool.require("unshare", "mount");
        folder = Files.createTempDirectory(BESIDE_THE_BUILD, "temporary-folder");
    }

    @AfterEach
    void removeFolder() throws IOException {
        if (folder.equals(BESIDE_THE_BUILD)) {
            return; // skipped before it was made
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path done, IOException failed)
                            throws IOException {
                        Files.delete(done);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "noexec    | chmod 1777 /tmp; mount -o remount,noexec /tmp",
                "read-only | mount -o remount,ro /tmp",
                "full      | cat /dev/zero >/tmp/filler 2>/dev/null",
            })
    void theServiceStartsAndWorksThoughTheTemporaryFolderIs(String state, String spoil)
            throws Exception {
        try (ServiceProcess service =
                ServiceProcess.in(folder, spoilt(spoil), "[zone.\"dyn.test\"]\n").start()) {
            service.addHost(HOST, SECRET);
            try (Updates client = new Updates(service.httpPort())) {
                assertThat(client.send(HOST, SECRET, "192.0.2.1")).isEqualTo("good 192.0.2.1");
            }
            assertThat(Dns.ask(service.dnsPort(), HOST, "A")).containsExactly("192.0.2.1");
            service.stop();
            assertThat(service.adminLine("host", "list")).contains("192.0.2.1");
        }
    }

    /// As a package installs it; the build that put the library there is taken away as well.
    @Test
    void whereTheProgramsFolderIsReadOnlyTheLibraryLiesInTheDataFolder() throws Exception {
        String spoil = withoutTheLibrary() + "; mount -o remount,noexec /tmp";
        try (ServiceProcess service =
                ServiceProcess.in(folder, spoilt(spoil), "[zone.\"dyn.test\"]\n").start()) {
            service.kill();
            service.start();
            assertThat(service.data().resolve("native")).isDirectoryContaining("glob:**.so");
            try (Stream<Path> files = Files.list(service.data().resolve("native"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void ifTheLibraryCanBeLoadedFromNowhereTheMessageSaysWhy() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        String spoil = withoutTheLibrary() + "; mount -t tmpfs -o noexec,mode=700 tmpfs " + data;
        List<String> words = spoilt(spoil);
        words = join(words, Distribution.command());
        words = join(words, List.of("account", "list", "--data", data.toString()));
        Command.Result refused = Command.run(words.toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .startsWith("holdfast: SQLite's library can be loaded from neither place: ")
                .contains("Read-only file system")
                .contains(data.resolve("native").toString())
                .contains("failed to map segment")
                .doesNotContain("holdfast.db", "\tat ");
        assertThat(refused.output().lines()).hasSize(1);
    }

    /// A folder that only this process sees, so that whatever is there is the service's.
    @Test
    void nothingIsLeftInTheTemporaryFolderByAServiceThatIsKilled() throws Exception {
        Path seen = folder.resolve("seen");
        String spoil =
                "mkdir -p " + seen + "; mount --bind " + seen + " /tmp; " + keepRepository() + " :";
        List<String> launcher = List.of("env", "JDK_JAVA_OPTIONS=-XX:-UsePerfData");
        try (ServiceProcess service =
                ServiceProcess.in(folder, join(spoilt(spoil), launcher), "[zone.\"dyn.test\"]\n")
                        .start()) {
            service.kill();
        }
        try (Stream<Path> left = Files.walk(seen)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /// Words that spoil /tmp and /var/tmp for themselves and what they become.
    private static List<String> spoilt(String how) {
        String script =
                "set -e; mount --make-rprivate /; mount --rbind \"$0\" /mnt;"
                        + " mount -t tmpfs -o size=256k tmpfs /tmp; "
                        + keepRepository()
                        + " mount --bind /tmp /var/tmp; set +e; "
                        + how
                        + "; exec \"$@\"";
        return List.of("unshare", "-m", "sh", "-c", script, repository().toString());
    }

    /// A build may itself lie below /tmp.
    private static String keepRepository() {
        Path root = repository();
        return root.startsWith("/tmp")
                ? "mkdir -p " + root + "; mount --rbind /mnt " + root + ";"
                : ":;";
    }

    private static String withoutTheLibrary() {
        String lib = repository().resolve("cli/target/holdfast/lib").toString();
        return "mount --bind "
                + lib
                + " "
                + lib
                + "; for one in "
                + lib
                + "/sqlite-*/; do mount -t tmpfs -o ro tmpfs $one; done; mount -o remount,bind,ro "
                + lib;
    }

    private static Path repository() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    private static List<String> join(List<String> first, List<String> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }
}
