package io.holdfast.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Gate.Presented;
import io.holdfast.service.account.Gate.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretGateTest {
    private static final Principal ALICE = new Principal.OfAccount(1, "alice");
    private static final Principal HOME = new Principal.OfHost(7, "home.dyn.test");

    private static final Principal HUT = new Principal.OfHost(8, "xn--htte-0ra.dyn.test");

    /// The account alice with the key "key", the host home.dyn.test with the secret "secret:1", and
    /// one with an international name.
    private static final Credentials CREDENTIALS =
            new Credentials() {
                @Override
                public Optional<Credential> ofAccount(String name) {
                    return Optional.of(new Credential(ALICE, HashedSecret.of("key")))
                            .filter(_ -> name.equals("alice"));
                }

                @Override
                public Optional<Credential> ofHost(Name name) {
                    if (name.equals(Name.of("xn--htte-0ra.dyn.test"))) {
                        return Optional.of(new Credential(HUT, HashedSecret.of("secret:1")));
                    }
                    return Optional.of(new Credential(HOME, HashedSecret.of("secret:1")))
                            .filter(_ -> name.equals(Name.of("home.dyn.test")));
                }
            };

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final SecretGate gate = new SecretGate(CREDENTIALS, () -> now);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    account and key                  | alice          | key      | alice
                    host and secret                  | home.dyn.test  | secret:1 | home.dyn.test
                    a host in any case, with its dot | Home.DYN.test. | secret:1 | home.dyn.test
                    an international name            | Hütte.dyn.test | secret:1 | hut
                    the same in ASCII                | xn--htte-0ra.dyn.test. | secret:1 | hut
                    the same percent-encoded         | h%C3%BCtte.dyn.test | secret:1 | hut
                    an account in another case       | Alice          | key      | wrong
                    a wrong key                      | alice          | kex      | wrong
                    somebody else's secret           | alice          | secret:1 | wrong
                    an empty secret                  | alice          | ''       | wrong
                    nobody, with an empty secret     | nobody         | ''       | wrong
                    a name that is none              | a..b           | key      | wrong
                    no name                          | ''             | key      | wrong
                    """)
    void credentials(String what, String user, String secret, String who) {
        Verdict verdict = check(user, secret, "192.0.2.1");
        Verdict expected =
                switch (who) {
                    case "alice" -> new Verdict.Known(ALICE);
                    case "hut" -> new Verdict.Known(HUT);
                    case "home.dyn.test" -> new Verdict.Known(HOME);
                    default -> new Verdict.Wrong();
                };
        assertThat(verdict).as(what).isEqualTo(expected);
    }

    @Test
    void thirtyFailuresLockThatSourceOutUntilTheWindowIsOver() {
        fail(30, "192.0.2.1");
        now = now.plus(Duration.ofMinutes(5));
        assertThat(guess("192.0.2.1")).isEqualTo(new Verdict.LockedOut(Duration.ofMinutes(10)));
        assertThat(guess("192.0.2.2")).isEqualTo(new Verdict.Wrong());
        now = now.plus(Duration.ofMinutes(10));
        assertThat(guess("192.0.2.1")).isEqualTo(new Verdict.Wrong());
    }

    /// Issue 15, B7.
    @Test
    void theRightSecretPassesWhateverOthersBehindTheSameAddressDo() {
        fail(30, "192.0.2.1");
        assertThat(guess("192.0.2.1")).isInstanceOf(Verdict.LockedOut.class);
        assertThat(alice("192.0.2.1")).isEqualTo(new Verdict.Known(ALICE));
        assertThat(check("home.dyn.test", "secret:1", "192.0.2.1"))
                .isEqualTo(new Verdict.Known(HOME));
        assertThat(guess("192.0.2.1")).isInstanceOf(Verdict.LockedOut.class);
    }

    @Test
    void twentyNineFailuresAreForgivenAfterTheWindow() {
        fail(29, "192.0.2.1");
        now = now.plus(Duration.ofMinutes(15));
        fail(30, "192.0.2.1");
        assertThat(guess("192.0.2.1")).isInstanceOf(Verdict.LockedOut.class);
    }

    @Test
    void oneIpv6CustomerIsOneSource() {
        fail(15, "2001:db8:0:1::1");
        fail(15, "2001:db8:0:1:ffff::2");
        assertThat(guess("2001:db8:0:1::3")).isInstanceOf(Verdict.LockedOut.class);
        assertThat(guess("2001:db8:0:2::3")).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void aClockSetBackLocksNobodyOutForLonger() {
        fail(30, "192.0.2.1");
        now = now.minus(Duration.ofDays(1));
        assertThat(guess("192.0.2.1")).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void sourcesBeyondTheBoundPushOutTheOldest() {
        fail(30, "192.0.2.1");
        for (int i = 0; i < LockOut.MAX_SOURCES; i++) {
            fail(1, "10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF));
        }
        assertThat(guess("192.0.2.1")).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void madeSecretsNeedNoEscapingAndAreNoOptions() {
        RandomGenerator random = new Random(7);
        Secrets secrets = new Secrets(random);
        for (int i = 0; i < 1_000; i++) {
            assertThat(secrets.next()).matches("[A-Za-z0-9_][A-Za-z0-9_-]{26}");
        }
    }

    @Test
    void ofSeveralThatOneRequestPresentsAnyMayBeRight() {
        Presented wrong = new Presented("alice", "guess");
        Presented right = new Presented("home.dyn.test", "secret:1");
        assertThat(gate.check(List.of(wrong, right), from("192.0.2.1")))
                .isEqualTo(new Verdict.Known(HOME));
        assertThat(gate.check(List.of(right, wrong), from("192.0.2.1")))
                .isEqualTo(new Verdict.Known(HOME));
        assertThat(gate.check(List.of(), from("192.0.2.1"))).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void ofSeveralUsersTheFirstThatTheSecretProvesCounts() {
        List<String> users = List.of("nobody", "", "alice", "home.dyn.test");
        assertThat(gate.check(List.of(new Presented(users, "secret:1")), from("192.0.2.1")))
                .isEqualTo(new Verdict.Known(HOME));
        assertThat(gate.check(List.of(new Presented(users, "key")), from("192.0.2.1")))
                .isEqualTo(new Verdict.Known(ALICE));
        assertThat(gate.check(List.of(new Presented(users, "guess")), from("192.0.2.1")))
                .isEqualTo(new Verdict.Wrong());
        assertThat(gate.check(List.of(new Presented(List.of(), "key")), from("192.0.2.1")))
                .isEqualTo(new Verdict.Wrong());
    }

    @Test
    void allThatOneRequestPresentsWronglyIsOneFailure() {
        for (int i = 0; i < 30; i++) {
            assertThat(
                            gate.check(
                                    List.of(
                                            new Presented("alice", "guess"),
                                            new Presented("home.dyn.test", "guess")),
                                    from("192.0.2.1")))
                    .isEqualTo(new Verdict.Wrong());
        }
        assertThat(guess("192.0.2.1")).isInstanceOf(Verdict.LockedOut.class);
    }

    private Verdict check(String user, String secret, String source) {
        return gate.check(List.of(new Presented(user, secret)), from(source));
    }

    private Verdict alice(String source) {
        return check("alice", "key", source);
    }

    private Verdict guess(String source) {
        return check("alice", "guess", source);
    }

    private void fail(int times, String source) {
        for (int i = 0; i < times; i++) {
            assertThat(guess(source)).isEqualTo(new Verdict.Wrong());
        }
    }

    private static InetAddress from(String text) {
        return InetAddress.ofLiteral(text);
    }
}
