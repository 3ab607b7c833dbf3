package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Answers on their way from the service to a command.
class FramesTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final Frames frames = new Frames(new DataOutputStream(wire));
    private final RecordedAnswer answer = new RecordedAnswer();

    /// A list as JSON is one line, however many hosts there are.
    @Test
    void aLineMayBeOfAnyLength() throws Exception {
        String list = "[" + "\"hütte.dyn.test\",".repeat(300_000) + "]";
        String exact = "x".repeat(1 << 20);
        frames.result(list);
        frames.remark("");
        frames.result(exact);
        frames.result(exact + "y");
        frames.end(7);

        assertThat(replay(wire.toByteArray())).isEqualTo(7);
        assertThat(answer.results()).containsExactly(list, exact, exact + "y");
        assertThat(answer.remarks()).containsExactly("");
    }

    @Test
    void aLineThatIsCutIsNoLine() {
        frames.result("x".repeat(3 << 20));
        byte[] cut = Arrays.copyOf(wire.toByteArray(), 2 << 20);
        assertThatThrownBy(() -> replay(cut)).isInstanceOf(EOFException.class);
        assertThat(answer.results()).isEmpty();
    }

    private int replay(byte[] octets) throws Exception {
        return Frames.replay(new DataInputStream(new ByteArrayInputStream(octets)), answer);
    }
}
