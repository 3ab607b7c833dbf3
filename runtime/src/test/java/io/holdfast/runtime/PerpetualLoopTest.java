package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PerpetualLoopTest {
    private static final Duration NO_PAUSE = Duration.ZERO;

    private final List<Throwable> failures = new ArrayList<>();
    private int turns;

    @Test
    void whateverATurnThrowsIsReportedAndTheLoopGoesOn() {
        List<Throwable> faults =
                List.of(
                        new IOException("disk"),
                        new IllegalStateException("bug"),
                        new StackOverflowError(),
                        new NoClassDefFoundError("io/holdfast/Gone"),
                        new InterruptedException());

        new PerpetualLoop(
                        () -> {
                            if (turns < faults.size()) {
                                throwAny(faults.get(turns++));
                            }
                            turns++;
                            return false;
                        },
                        failures::add,
                        NO_PAUSE)
                .run();

        assertThat(failures).isEqualTo(faults);
        assertThat(turns).isEqualTo(faults.size() + 1);
    }

    @Test
    void aFailureThatCannotBeReportedDoesNotEndTheLoop() {
        new PerpetualLoop(
                        () -> {
                            if (turns++ == 0) {
                                throw new IOException();
                            }
                            return false;
                        },
                        _ -> {
                            throw new IllegalStateException();
                        },
                        NO_PAUSE)
                .run();

        assertThat(turns).isEqualTo(2);
    }

    @Test
    void closingEndsThePauseAfterAFailure() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        PerpetualLoop loop =
                new PerpetualLoop(
                        () -> {
                            throw new IOException();
                        },
                        _ -> failed.countDown(),
                        Duration.ofDays(1));
        Thread thread = Thread.ofVirtual().start(loop);
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();

        loop.close();

        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable fault) throws T {
        throw (T) fault;
    }
}
