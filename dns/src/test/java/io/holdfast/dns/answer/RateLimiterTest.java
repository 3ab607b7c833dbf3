package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.dns.answer.RateLimiter.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long NOW = 1_800_000_000;

    private final RateLimiter limiter =
            new RateLimiter(3, 2, List.of(range("192.0.2.0", 24)), new Random(1));

    @Test
    void theLimitHoldsForEachSecond() {
        assertThat(verdicts("198.51.100.1", 1, NOW, 7))
                .isEqualTo("SEND SEND SEND DROP SLIP DROP SLIP");
        assertThat(verdicts("198.51.100.1", 1, NOW + 1, 4)).isEqualTo("SEND SEND SEND DROP");
        assertThat(limiter.dropped()).isEqualTo(3);
        assertThat(limiter.slipped()).isEqualTo(2);
    }

    @Test
    void addressesOfOneNetworkShareTheLimit() {
        verdicts("198.51.100.1", 1, NOW, 3);
        assertThat(verdicts("198.51.100.255", 1, NOW, 1)).isEqualTo("DROP");
        assertThat(verdicts("198.51.101.1", 1, NOW, 1)).isEqualTo("SEND");

        verdicts("2001:db8:0:100::1", 1, NOW, 3);
        assertThat(verdicts("2001:db8:0:1ff::1", 1, NOW, 1)).isEqualTo("DROP");
        assertThat(verdicts("2001:db8:0:200::1", 1, NOW, 1)).isEqualTo("SEND");
    }

    @Test
    void otherResponsesHaveALimitOfTheirOwn() {
        verdicts("198.51.100.1", 1, NOW, 3);
        assertThat(verdicts("198.51.100.1", 2, NOW, 3)).isEqualTo("SEND SEND SEND");
        assertThat(verdicts("198.51.100.1", 1, NOW, 1)).isEqualTo("DROP");
    }

    @Test
    void theExemptAreCountedButNotLimited() {
        assertThat(verdicts("192.0.2.1", 1, NOW, 5)).isEqualTo("SEND SEND SEND SEND SEND");
    }

    @Test
    void withoutSlipNothingIsSentBeyondTheLimit() {
        RateLimiter silent = new RateLimiter(1, 0, List.of(), new Random(1));
        byte[] client = address("198.51.100.1");
        for (int i = 0; i < 10; i++) {
            assertThat(silent.count(client, 1, NOW))
                    .isEqualTo(i == 0 ? Verdict.SEND : Verdict.DROP);
        }
    }

    @Test
    void aFloodOfOthersDoesNotHideALoudOne() {
        verdicts("198.51.100.1", 1, NOW, 100);
        for (int i = 0; i < 200_000; i++) {
            limiter.count(address("203.0.113.1"), 1_000 + i, NOW);
        }
        assertThat(limiter.count(address("198.51.100.1"), 1, NOW)).isNotEqualTo(Verdict.SEND);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new RateLimiter(-1, 2, List.of(), new Random(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimiter(1, 101, List.of(), new Random(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String verdicts(String client, long response, long now, int times) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < times; i++) {
            all.append(limiter.count(address(client), response, now)).append(' ');
        }
        return all.toString().strip();
    }

    private static ClientRange range(String address, int length) {
        return ClientRange.of(InetAddress.ofLiteral(address).getAddress(), length);
    }

    private static byte[] address(String text) {
        return ClientRange.mapped(InetAddress.ofLiteral(text).getAddress());
    }
}
