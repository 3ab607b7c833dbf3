package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A program that runs beside the test, its output in a file, until it is closed.
final class Background implements AutoCloseable {
    private final Process process;

    private Background(Process process) {
        this.process = process;
    }

    /// @param log appended to
    static Background start(Path log, String... words) {
        try {
            return new Background(
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param name as `kill` takes it, as in `HUP`
    void signal(String name) {
        Command.run("kill", "-" + name, Long.toString(process.pid())).mustSucceed();
    }

    /// SIGTERM, and SIGKILL to whom that is not enough.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
