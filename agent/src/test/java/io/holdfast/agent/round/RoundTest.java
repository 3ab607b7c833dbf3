package io.holdfast.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.round.SimulatedHost.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole rounds of one name, on a host whose links, disk, clock and provider are simulated.
class RoundTest {
    private static final List<Fault> FAULTS = List.of(Fault.values());

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // begin() does
    private SimulatedHost host;

    @BeforeEach
    void begin() throws IOException {
        host = new SimulatedHost(folder);
        host.moveTo("e0", "192.0.2.7");
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7");
    }

    @Test
    void aRouteThatMovesBetweenTwoLinksSendsNothingOfTheLinkInBetween() {
        host.moveTo("wwan0", "198.51.100.1");
        host.round();
        host.passes(Duration.ofSeconds(1));
        host.round();
        host.moveTo("e1", "192.0.2.9");
        host.round();
        host.passes(Duration.ofSeconds(2));
        host.round();
        assertThat(host.sent).hasSize(1);
        host.passes(Duration.ofSeconds(1));
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.9");
    }

    @Test
    void aTunnelThatIsUpForTwoSecondsIsNotSent() {
        host.moveTo("tun0", "198.51.100.1");
        for (int tenths = 0; tenths < 20; tenths++) {
            host.round();
            host.passes(Duration.ofMillis(100));
        }
        host.moveTo("e0", "192.0.2.7");
        host.passes(Duration.ofHours(1));
        host.round();
        assertThat(host.sent).hasSize(1);
    }

    @Test
    void aModemThatRedialsIsSentAtOnce() {
        host.withoutRoute();
        host.round();
        host.moveTo("e0", "192.0.2.8");
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
    }

    @Test
    void whileTheDiskIsFullAChangedAddressIsSentOnce() throws IOException {
        host.fillDisk();
        host.moveTo("e0", "192.0.2.8");
        for (int minute = 0; minute < 60; minute++) {
            host.round();
            host.passes(Duration.ofMinutes(1));
        }
        host.moveTo("e0", "192.0.2.9");
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8", "192.0.2.9");
        assertThat(host.troubles).anyMatch(text -> text.contains("known to this process alone"));
        assertThat(host.next()).isLessThanOrEqualTo(Duration.ofSeconds(30));

        host.freeDisk();
        host.round();
        host.restart();
        host.round();
        assertThat(host.sent).hasSize(3);
    }

    @Test
    void whoeverStartsWhileTheDiskIsFullAsksTheDnsBeforeItSends() throws IOException {
        host.fillDisk();
        host.moveTo("e0", "192.0.2.8");
        host.round();
        host.restart();
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
    }

    @Test
    void whoeverStartsWhenTheDiskIsFreeAgainAsksTheDnsForWhatWasNotWritten() throws IOException {
        host.fillDisk();
        host.moveTo("e0", "192.0.2.8");
        host.round();
        host.freeDisk();
        host.restartAfterKill();
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
        host.moveTo("e0", "192.0.2.9");
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8", "192.0.2.9");
    }

    @Test
    void afterAKillAnAddressThatStayedIsNotSent() throws IOException {
        host.restartAfterKill();
        host.round();
        host.moveTo("e0", "192.0.2.8");
        host.round();
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
    }

    @Test
    void whoeverSentNothingYetSendsNothingWhileTheDiskIsFull() throws IOException {
        host.forgetAll();
        host.fillDisk();
        host.restart();
        for (int i = 0; i < 5; i++) {
            host.round();
            host.passes(Duration.ofMinutes(1));
        }
        assertThat(host.sent).hasSize(1);
    }

    @Test
    void aStateFolderThatVanishesUnderARunningAgentRepeatsNothing() throws IOException {
        host.forgetAll();
        host.round();
        host.restart();
        host.round();
        assertThat(host.sent).hasSize(1);
    }

    @Test
    void aRequestToForgetThatTheDiskDoesNotLetGoStopsNoName() throws IOException {
        host.askToForgetInVain();
        host.moveTo("e0", "192.0.2.8");
        for (int minute = 0; minute < 60; minute++) {
            host.round();
            host.passes(Duration.ofMinutes(1));
        }
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
        assertThat(host.troubles).anyMatch(text -> text.contains("cannot be forgotten"));
    }

    @Test
    void whileTheDiskIsFullADamagedMemoryIsNoneThatIsBelieved() throws IOException {
        host.fillDisk();
        host.damageMemory();
        host.moveTo("e0", "192.0.2.8");
        for (int minute = 0; minute < 60; minute++) {
            host.round();
            host.passes(Duration.ofMinutes(1));
        }
        assertThat(host.sent).containsExactly("192.0.2.7", "192.0.2.8");
    }

    @Test
    void anotherGatewayOnTheSameLinkEndsAWaitThatTheProviderDidNotName() {
        host.gatewayIs("192.0.2.1");
        host.fault = Fault.PORTAL;
        host.moveTo("e0", "192.0.2.8");
        host.gatewayIs("192.0.2.1");
        host.round();
        host.fault = Fault.NONE;
        host.passes(Duration.ofSeconds(10));
        host.round();
        assertThat(host.published).containsEntry("4", "192.0.2.7");

        host.gatewayIs("192.0.2.254");
        host.round();
        assertThat(host.published).containsEntry("4", "192.0.2.8");
    }

    @Test
    void aWaitThatBeganYearsAheadIsOverInTheSameProcessToo() {
        host.passes(Duration.ofDays(3650));
        host.fault = Fault.MAINTENANCE;
        host.moveTo("e0", "192.0.2.8");
        host.round();
        host.fault = Fault.NONE;
        host.passes(Duration.ofDays(-3650));
        host.round();
        assertThat(host.published.get("4")).isEqualTo("192.0.2.8");
    }

    @Test
    void aDoubtThatBeganYearsAheadIsAskedAboutAndSentNow() {
        host.passes(Duration.ofDays(3650));
        host.fault = Fault.REQUEST_LOST;
        host.moveTo("e0", "192.0.2.8");
        host.round();
        host.fault = Fault.NONE;
        host.passes(Duration.ofDays(-3650));
        host.restart();
        host.round();
        assertThat(host.published).containsEntry("4", "192.0.2.8");
    }

    /// A life of days full of faults, and some quiet days after it. In all of it no address is sent
    /// again once an answer said that the provider has it, and at its end the name is right.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noLifeRepeatsAnAddressOrEndsSilent(long seed) throws IOException {
        Random random = new Random(seed);
        for (int step = 0; step < 250; step++) {
            switch (random.nextInt(16)) {
                case 0, 1 -> host.moveTo("e0", "192.0.2." + random.nextInt(6));
                case 2 -> host.moveTo("e1", "198.51.100." + random.nextInt(3));
                case 3 -> host.moveTo("e0", "192.168.1." + random.nextInt(3));
                case 4 -> host.moveTo("e0", "203.0.113." + random.nextInt(4)); // refused there
                case 5 -> host.withoutRoute();
                case 6 -> host.sixIs("2001:db8::" + random.nextInt(4));
                case 7 -> host.sixIs("none");
                case 8, 9 -> host.fault = FAULTS.get(random.nextInt(FAULTS.size()));
                case 10 -> host.fault = Fault.NONE;
                case 11 -> {
                    if (!host.diskIsFull()) {
                        host.restart();
                    }
                }
                case 12 -> host.fillDisk();
                case 13 -> host.freeDisk();
                case 14 -> host.passes(Duration.ofHours(random.nextInt(48) - 24));
                default -> host.passes(Duration.ofMinutes(random.nextInt(120)));
            }
            host.passes(Duration.ofSeconds(random.nextInt(300)));
            host.round();
        }
        host.fault = Fault.NONE;
        host.freeDisk();
        host.moveTo("e0", "192.0.2.77");
        host.sixIs("2001:db8::77");
        for (int quarters = 0; quarters < 4 * 60; quarters++) {
            host.round();
            host.passes(Duration.ofMinutes(15));
        }
        assertThat(host.repeats).as("addresses sent though they were settled").isEmpty();
        assertThat(host.published)
                .as("%s", host.decided())
                .containsEntry("4", "192.0.2.77")
                .containsEntry("6", "2001:db8::77");
        assertThat(Files.exists(folder)).isTrue();
    }
}
