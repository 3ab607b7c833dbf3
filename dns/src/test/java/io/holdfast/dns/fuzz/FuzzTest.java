package io.holdfast.dns.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A bounded run with fixed seeds, and a long one when it is asked for: `bench/run fuzz`. A failure
/// names the target and the seed of its try.
class FuzzTest {
    @ParameterizedTest(name = "{0}, {1} tries")
    @CsvSource({"ANSWER, 60000", "UPDATE, 60000", "TSIG, 60000", "MASTER_FILE, 4000"})
    void holdsWhateverComes(Target target, int tries) throws IOException {
        Target.State state = new Target.State();
        for (long seed = 0; seed < tries; seed++) {
            try {
                target.run(new Random(seed), state);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(target + " fails with seed " + seed, e);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "fuzz.minutes",
            matches = "[0-9]+",
            disabledReason = "a long run is asked for with bench/run fuzz")
    void holdsForLong() throws IOException {
        assertThat(new FuzzRun().holds(Long.getLong("fuzz.minutes"), Long.getLong("fuzz.seed")))
                .isTrue();
    }
}
