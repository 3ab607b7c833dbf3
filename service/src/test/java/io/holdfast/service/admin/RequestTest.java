package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Request IMPORT =
            Request.of(Verb.HOST_IMPORT, List.of("a", "b"))
                    .with(Detail.ACCOUNT, "zoë")
                    .with(Detail.FILE, "hosts.csv")
                    .withBody("name\nhome.dyn.test\n");

    private static byte[] wire(Request request) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        request.writeTo(new DataOutputStream(octets));
        return octets.toByteArray();
    }

    private static Request read(byte[] octets) throws IOException {
        return Request.readFrom(new DataInputStream(new ByteArrayInputStream(octets)));
    }

    @Test
    void arrivesAsItWasSent() throws IOException {
        assertThat(read(wire(IMPORT))).isEqualTo(IMPORT);
    }

    @Test
    void isRefusedWhereverItIsCut() throws IOException {
        byte[] whole = wire(IMPORT);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOfAny(EOFException.class, ProtocolException.class);
        }
    }

    @Test
    void isRefusedBeforeAnythingLargeIsAllocated() {
        byte[] hugeVerb = {0x7F, -1, -1, -1};
        assertThatThrownBy(() -> read(hugeVerb)).isInstanceOf(ProtocolException.class);
        byte[] negative = {-1, -1, -1, -1};
        assertThatThrownBy(() -> read(negative)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aVerbOfAnotherVersionIsNamed() throws IOException {
        byte[] octets = wire(Request.of(Verb.ZONE_LIST));
        octets[4] = 'X';
        assertThatThrownBy(() -> read(octets)).hasMessageContaining("XONE_LIST");
    }

    @Test
    void saysNothingThatMayBeASecretWhenItIsLogged() {
        Request request = Request.of(Verb.HOST_ADD, "home.dyn.test").with(Detail.SECRET, "hush");
        assertThat(request.toString()).contains("home.dyn.test").doesNotContain("hush");
    }
}
