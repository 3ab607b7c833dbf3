package io.holdfast.dns.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Random;

/// A long run; with no minutes it does the one try of the first seed for each target.
///
/// Prints tries and the heap in use after each minute. What fails, or takes more than a second of
/// processor time (the machine may have other work), is printed with its target and seed, and ends
/// the run.
final class FuzzRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int BETWEEN_LOOKS = 64;

    private final Target.State state = new Target.State();
    private final long startNanos = System.nanoTime();
    private long tries;

    /// @return whether everything held
    boolean holds(long minutes, long first) throws IOException {
        long minute = 0;
        for (long seed = first; minute < minutes || seed == first; seed++) {
            for (Target target : Target.values()) {
                if (!holds(target, seed)) {
                    return false;
                }
            }
            if (seed % BETWEEN_LOOKS == 0 && minutesGone() > minute) {
                minute = minutesGone();
                report(minute, seed);
            }
        }
        return true;
    }

    private boolean holds(Target target, long seed) throws IOException {
        long before = THREADS.getCurrentThreadCpuTime();
        try {
            target.run(new Random(seed), state);
        } catch (RuntimeException | Error e) {
            System.out.println(target + " fails with seed " + seed);
            e.printStackTrace(System.out);
            return false;
        }
        tries++;
        Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
        if (took.compareTo(LONGEST) > 0) {
            System.out.println(target + " takes " + took.toMillis() + " ms with seed " + seed);
            return false;
        }
        return true;
    }

    private long minutesGone() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMinutes();
    }

    private void report(long minute, long seed) {
        System.gc(); // what is in use, not what is left lying about
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%d min: %,d tries, seed %d, heap %,d KiB%n",
                minute, tries, seed, (runtime.totalMemory() - runtime.freeMemory()) >> 10);
    }
}
