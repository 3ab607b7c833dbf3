package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What was printed and did not get there: it may be a secret that is shown only once.
class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    @Test
    void isLostIfItCannotBeWritten() {
        assertThat(isLost(failing("No space left on device"))).isTrue();
        assertThat(err.toString())
                .isEqualTo("holdfast: cannot write to standard output: No space left on device\n");
    }

    @Test
    void isLostWithoutAWordIfTheReaderWentAway() {
        assertThat(isLost(failing("Broken pipe"))).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void isNotLostOtherwise() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        assertThat(isLost(written)).isFalse();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("alice hütte\n");
        assertThat(err.toString()).isEmpty();
    }

    private boolean isLost(OutputStream stdout) {
        StandardOutput output = new StandardOutput(stdout);
        new PrintWriter(output, true, StandardCharsets.UTF_8).println("alice hütte");
        return output.isLost(new PrintWriter(err, true));
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
