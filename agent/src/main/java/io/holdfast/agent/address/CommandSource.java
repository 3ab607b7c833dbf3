package io.holdfast.agent.address;

import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one address of the family in what a program prints. The program is started directly, without
/// a shell; who wants one writes `command "sh -c '...'"`. It gets no input, and is killed, with
/// whatever it started, when it takes too long.
final class CommandSource implements AddressSource {
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Pace PACE = Pace.costly(Duration.ofMinutes(5), Duration.ofMinutes(1));

    /// Of each of its outputs; the rest is read and forgotten.
    private static final int LIMIT = 64 * 1024;

    private final List<String> words;
    private final Family family;
    private final Duration timeout;
    private final Function<Runnable, Watch> watching;
    private final String text;

    /// @param watching signals when what the program says may be another
    CommandSource(
            List<String> words,
            Family family,
            Duration timeout,
            Function<Runnable, Watch> watching,
            String text) {
        this.words = words;
        this.family = family;
        this.timeout = timeout;
        this.watching = watching;
        this.text = text;
    }

    @Override
    public Observation look(@Nullable InetAddress sent) {
        Process process;
        try {
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            return new Observation.Unavailable(
                    "cannot run " + words.getFirst() + ": " + e.getMessage());
        }
        try {
            process.getOutputStream().close();
            return outcome(process);
        } catch (TimeoutException e) {
            return unavailable("no end after " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted");
        } catch (IOException | CompletionException e) {
            return unavailable(String.valueOf(e.getMessage()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public Watch watch(Runnable onChange) {
        return watching.apply(onChange);
    }

    @Override
    public Pace pace() {
        return PACE;
    }

    @Override
    public String describe() {
        return text;
    }

    private Observation outcome(Process process)
            throws InterruptedException, TimeoutException, CompletionException {
        CompletableFuture<String> out = read(process.getInputStream());
        CompletableFuture<String> err = read(process.getErrorStream());
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        // What it has started may hold its outputs open; a second is enough for what it said
        // itself.
        String said = out.completeOnTimeout("", 1, TimeUnit.SECONDS).join();
        String complained = err.completeOnTimeout("", 1, TimeUnit.SECONDS).join().strip();
        if (process.exitValue() != 0) {
            String exit = "exit code " + process.exitValue();
            return unavailable(complained.isEmpty() ? exit : exit + ": " + firstLine(complained));
        }
        return Reading.of(said, family, words.getFirst());
    }

    private static CompletableFuture<String> read(InputStream from) {
        CompletableFuture<String> all = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (from) {
                        byte[] kept = from.readNBytes(LIMIT);
                        from.transferTo(OutputStream.nullOutputStream());
                        all.complete(new String(kept, StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        all.completeExceptionally(new UncheckedIOException(e));
                    }
                });
        return all;
    }

    private Observation unavailable(String why) {
        return new Observation.Unavailable(words.getFirst() + ": " + why);
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return OutsideText.printable(line, 200);
    }
}
