package io.holdfast.net.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "192.0.2.7,                       192.0.2.7",
        "2001:DB8:0:0:0:0:0:7,            2001:db8::7",
        "2001:db8:0:0:1:0:0:1,            2001:db8::1:0:0:1", // RFC 5952 §4.2.3, the first run
        "2001:db8:0:1:0:0:0:1,            2001:db8:0:1::1", // the longest run
        "2001:db8:0:1:1:1:1:1,            2001:db8:0:1:1:1:1:1", // §4.2.2, not for one group
        "2001:0db8::00ab,                 2001:db8::ab",
        "0:0:0:0:0:0:0:1,                 ::1",
        "::,                              ::",
        "fe80::,                          fe80::",
        "1::8,                            1::8",
    })
    void writesCanonically(String text, String canonical) {
        assertThat(AddressText.of(InetAddress.ofLiteral(text))).isEqualTo(canonical);
        assertThat(AddressText.read(text).map(AddressText::of)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2", "192.0.2.256", "192.0.2.07", "192.0.2.1.", "3221225991", "0xC0.0.2.1",
                "192.0.2.-1", "192.0.2.1 ", "", "h1.dyn.test", "2001:db8::7%eth0", "[2001:db8::7]",
                "2001:db8:::7", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "2001:db8::g", ":", "::٣",
                "192.0.2.٣", "2001:db8::7/64"
            })
    void readsNothingThatAnotherProgramMightReadDifferently(String text) {
        assertThat(AddressText.read(text)).isEmpty();
    }

    @Test
    void readsNoMoreThanAnAddressCanBe() {
        assertThat(AddressText.read("0".repeat(10_000) + "::1")).isEmpty();
    }
}
