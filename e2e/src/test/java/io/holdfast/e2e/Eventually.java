package io.holdfast.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for something another process does, within a generous bound; never for a time to pass.
final class Eventually {
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Eventually() {}

    /// Looks until what is seen equals `expected`.
    ///
    /// @throws AssertionError with what was seen last, and `context`, after 90 s
    static <T> void equal(T expected, Supplier<T> seen, Supplier<String> context) {
        long end = System.nanoTime() + BOUND.toNanos();
        T last = seen.get();
        while (!expected.equals(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "expected " + expected + " but saw " + last + "\n" + context.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            last = seen.get();
        }
    }
}
