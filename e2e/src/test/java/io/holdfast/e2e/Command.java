package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end, within a bound.
final class Command {
    /// The longest any program of a test may take.
    private static final long BOUND_SECONDS = 120;

    /// What a program left: its status and both outputs together, in the order they came.
    record Result(List<String> words, int status, String output) {
        /// @throws AssertionError with the output if the status is not 0
        Result mustSucceed() {
            if (status != 0) {
                throw new AssertionError(
                        String.join(" ", words) + " ended with status " + status + ":\n" + output);
            }
            return this;
        }
    }

    private Command() {}

    /// Runs with this process's environment.
    static Result run(String... words) {
        return run(Map.of(), words);
    }

    /// Runs with some variables of the environment added.
    static Result run(Map<String, String> environment, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                                        process.destroyForcibly();
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            killer.interrupt();
            return new Result(List.of(words), status, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words[0] + " ran", e);
        }
    }
}
