package io.holdfast.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A network namespace for one test, and code of this very JVM run inside it: on Linux a thread,
/// not a process, is what lives in a namespace.
final class TestNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN =
            Libc.function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETNS =
            Libc.function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE =
            Libc.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final String name;

    private TestNamespace(String name) {
        this.name = name;
    }

    /// Skips the test where namespaces cannot be made; fails it where CI=true.
    ///
    /// @param purpose short; with the process id it makes the name
    static TestNamespace create(String purpose) {
        boolean root =
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("user.name").equals("root");
        String otherwise = "network namespaces need root on Linux";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(root, otherwise + "; where CI=true nothing may be missing");
        }
        Assumptions.assumeTrue(root, otherwise);
        TestNamespace namespace =
                new TestNamespace("hfn" + ProcessHandle.current().pid() % 100_000 + purpose);
        run("ip", "netns", "add", namespace.name);
        return namespace;
    }

    /// Runs `ip -n NAME ...`.
    ///
    /// @return what it printed
    String ip(String words) {
        List<String> all = new ArrayList<>(List.of("ip", "-n", name));
        all.addAll(Arrays.asList(words.split(" ")));
        return run(all.toArray(String[]::new));
    }

    /// Runs on a thread of its own that has entered the namespace.
    <T> T inside(Callable<T> body) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        enter();
                        result.complete(body.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                });
        return result.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        run("ip", "netns", "del", name);
    }

    private void enter() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Libc.ERRNO_STATE);
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int fd = (int) OPEN.invokeExact(errno, path, 0);
            int entered = (int) SETNS.invokeExact(errno, fd, CLONE_NEWNET);
            if (entered < 0) {
                throw new IOException("setns: " + Libc.words(Libc.errno(errno)));
            }
            Assertions.assertEquals(0, (int) CLOSE.invokeExact(errno, fd));
        }
    }

    private static String run(String... words) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", words) + ": " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(String.join(" ", words), e);
        }
    }
}
