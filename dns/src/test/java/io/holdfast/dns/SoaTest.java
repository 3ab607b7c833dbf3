package io.holdfast.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoaTest {
    private final Soa soa =
            new Soa(Name.of("ns1.example"), Name.of("hostmaster.example"), -1, 1, 2, 3, 4);

    @Test
    void dataComesBackTheSame() {
        assertThat(Soa.of(soa.toRdata())).isEqualTo(soa);
        assertThat(Soa.of(soa.withSerial(7).toRdata()).serial()).isEqualTo(7);
    }

    @Test
    void dataThatIsNoSoaIsRefused() {
        byte[] wire = soa.toRdata().toWire();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Soa.of(Rdata.of(wire, 0, wire.length - 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Soa.of(Rdata.of(new byte[20])));
    }

    /// RFC 1982 §3.2
    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "1, 0, true",
        "0, 1, false",
        "0, 0, false",
        "0, 4294967295, true",
        "2147483647, 0, true",
        "2147483648, 0, false",
        "0, 2147483648, false",
        "44, 4294967290, true",
    })
    void serialsWrapAround(long a, long b, boolean newer) {
        assertThat(Serial.isNewer((int) a, (int) b)).isEqualTo(newer);
        assertThat(Serial.newer((int) a, (int) b))
                .isEqualTo(newer || a == b ? (int) a : later(a, b));
    }

    @Test
    void theNextSerialIsNewerAndNeverZero() {
        assertThat(Serial.next(0)).isEqualTo(1);
        assertThat(Serial.next(Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(Serial.next(-1)).isEqualTo(1);
    }

    /// In no order, the first is given.
    private static int later(long a, long b) {
        return (int) (Math.abs(a - b) == 1L << 31 ? a : b);
    }
}
