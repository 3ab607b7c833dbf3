package io.holdfast.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Programs and rights a test needs from outside.
///
/// Where CI=true a missing one fails the test: there everything has to be installed. Elsewhere the
/// test is skipped and says why, so that a JDK and Maven alone give a green build.
///
/// Programs are looked for in PATH alone, as those do who start them; pom.xml puts the folders of
/// the system's own programs there, which an ordinary user does not have in it.
final class Tool {
    /// Whether this is the full run, with everything installed, that may take its time.
    static final boolean IN_CI = "true".equals(System.getenv("CI"));

    private static final List<Path> FOLDERS =
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).toList();

    private Tool() {}

    /// Goes on only if every one of the programs is installed.
    static void require(String... programs) {
        List<String> missing =
                Arrays.stream(programs).filter(program -> find(program).isEmpty()).toList();
        demand(missing.isEmpty(), "not installed: " + String.join(", ", missing));
    }

    /// Goes on only where a file was built.
    ///
    /// @param otherwise why it may not have been
    static void requireFile(Path file, String otherwise) {
        demand(Files.exists(file), otherwise);
    }

    /// Goes on only where this process may make network namespaces, and mount.
    static void requireRootOnLinux() {
        demand(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("user.name").equals("root"),
                "needs root on Linux, for network namespaces or mounts");
    }

    /// Where a program is that [#require] found.
    static Path path(String program) {
        return find(program).orElseThrow();
    }

    private static void demand(boolean met, String otherwise) {
        if (IN_CI) {
            Assertions.assertTrue(met, otherwise + "; where CI=true nothing may be missing");
        }
        Assumptions.assumeTrue(met, otherwise);
    }

    private static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
