package io.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8245, 127.0.0.1:8245",
        "0.0.0.0:0, 0.0.0.0:0",
        "[::1]:53, [::1]:53",
        "[0:0:0:0:0:0:0:0]:53, [::]:53",
        "localhost:80, 127.0.0.1:80",
    })
    void readsWhatPeopleWriteAndTellsFigures(String written, String told) {
        assertThat(ListenAddress.text(ListenAddress.parse(written))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "8245, is not HOST:PORT",
        ":8245, is not HOST:PORT",
        "::1:53, is not HOST:PORT",
        "127.0.0.1:, does not end in a port",
        "127.0.0.1:http, does not end in a port",
        "127.0.0.1:65536, does not end in a port",
        "127.0.0.1:-1, does not end in a port",
    })
    void saysWhatIsWrong(String written, String complaint) {
        assertThatThrownBy(() -> ListenAddress.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(written)
                .hasMessageContaining(complaint);
    }
}
