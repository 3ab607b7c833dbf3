package io.holdfast.dns.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenario files beside this class.
class Rfc2136Test {
    static List<Case> prerequisites() {
        return Case.of("rfc2136-3.2-prerequisites.txt");
    }

    static List<Case> updates() {
        return Case.of("rfc2136-3.4-updates.txt");
    }

    @ParameterizedTest
    @MethodSource
    void prerequisites(Case scenario) {
        assertThat(scenario.outcome()).isEqualTo(scenario.expected());
    }

    @ParameterizedTest
    @MethodSource
    void updates(Case scenario) {
        assertThat(scenario.outcome()).isEqualTo(scenario.expected());
    }
}
