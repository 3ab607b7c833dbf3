package io.holdfast.agent;

import static io.holdfast.agent.ProviderDouble.says;
import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.NameStatus.State;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;

/// The agent's loop over whole lives of an agent: each [World#runOnce] is a new start on the same
/// state folder.
class LoopTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // begin() does
    private World world;

    @BeforeEach
    void begin() throws IOException {
        world = new World(folder);
        world.moveTo("192.0.2.7");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void anAddressIsSentOnceAndNeverAgainAcrossRestarts() throws IOException {
        for (int life = 0; life < 5; life++) {
            assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        }
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7");
    }

    @Test
    void everyChangeIsSentOnceInThreeMonthsAndNothingElse() throws IOException {
        Random random = new Random(7);
        int moves = 0;
        for (int day = 0; day < 90; day++) {
            Round round = world.newRound(new RoundListener() {}); // a restart every day
            for (int halfHours = 0; halfHours < 24 * 2; halfHours++) {
                if (random.nextInt(24 * 2 * 5) == 0) {
                    world.moveTo("192.0.2." + (10 + moves++));
                }
                round.run();
                world.passes(Duration.ofMinutes(30));
            }
        }
        assertThat(moves).isPositive();
        assertThat(world.provider.sent).hasSizeBetween(moves, moves + 1).doesNotHaveDuplicates();
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2." + (9 + moves));
    }

    @Test
    void aLostReplyIsLookedUpAndNotSentTwice() throws IOException {
        world.provider.next(world.provider.losesItsReply());
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.runOnce().families().getFirst().answer()).isEqualTo("dns");
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void aRequestThatWasLostIsSentAgainAfterItsPause() throws IOException {
        world.provider.next((exchange, _) -> exchange.close());
        NameStatus status = world.runOnce();
        assertThat(status.state()).isEqualTo(State.WAITING);
        assertThat(status.nextAt().orElseThrow()).isAfter(world.now);
        world.passes(Duration.ofMinutes(1));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(2);
    }

    @Test
    void aCachedAnswerIsNotBelievedAtOnce() throws IOException {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.provider.next((exchange, _) -> exchange.close());
        world.dns.authoritative = false;
        world.provider.published.put(HOME + " 4", "192.0.2.8"); // as a cache of last week has it
        Round round = world.newRound(new RoundListener() {});
        round.run();
        assertThat(world.status().state()).isEqualTo(State.WAITING);
        world.provider.published.put(HOME + " 4", "192.0.2.7"); // the cache has let go
        world.passes(Duration.ofMinutes(2));
        round.run();
        assertThat(world.status().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2.8");
    }

    @Test
    void aRefusalStopsTheNameUntilThePasswordChanges() throws IOException {
        world.provider.next(says(401, "badauth"));
        for (int day = 0; day < 30; day++) {
            assertThat(world.runOnce().state()).isEqualTo(State.STOPPED);
            world.moveTo("192.0.2." + day);
            world.passes(Duration.ofDays(1));
        }
        assertThat(world.provider.sent).hasSize(1);
        assertThat(world.status().next()).contains("correct user and password-file");

        AgentConfig mended =
                world.config(world.table(HOME).replace("secret-secret", "better-secret"));
        assertThat(Agent.runOnce(mended, world, new Random(1), List.of()).getFirst().state())
                .isEqualTo(State.RIGHT);
    }

    @Test
    void aChangedPasswordAloneSendsNothing() throws IOException {
        world.runOnce();
        AgentConfig changed =
                world.config(world.table(HOME).replace("secret-secret", "other-secret"));
        Agent.runOnce(changed, world, new Random(1), List.of());
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void anotherServerIsSentWhatTheFirstKnows() throws IOException {
        world.runOnce();
        try (ProviderDouble other = new ProviderDouble()) {
            AgentConfig moved =
                    world.config(world.table(HOME).replace(world.provider.url(), other.url()));
            Agent.runOnce(moved, world, new Random(1), List.of());
            assertThat(other.sent).containsExactly(HOME + " 192.0.2.7");
        }
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void aStateFolderOutOfABackupRepeatsNothing() throws IOException {
        world.runOnce();
        Path file = world.config().state().resolve(HOME + ".memory");
        byte[] backup = Files.readAllBytes(file);
        world.moveTo("192.0.2.8");
        world.runOnce();
        Files.write(file, backup);
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8");
    }

    @Test
    void atAStartADnsThatCannotBeAskedHoldsNothingUp() throws IOException {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.dns.rcode = Rcode.SERVFAIL;
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(2);
    }

    @Test
    void aStopEndsWhenItIsForgotten() throws IOException {
        world.provider.next(says(200, "abuse"));
        assertThat(world.runOnce().next()).contains("holdfast agent retry " + HOME);
        assertThat(Agent.forget(world.config(), "Home.dyn.example.")).isTrue();
        assertThat(Agent.forget(world.config(), HOME)).isFalse();
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aStopEndsWhenAPersonHasItTriedAgainAndWhatWasSentIsNotForgotten() throws IOException {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.provider.next(says(200, "nohost"));
        assertThat(world.runOnce().state()).isEqualTo(State.STOPPED);
        assertThat(Agent.retry(world.config(), "Home.dyn.example.", world))
                .isEqualTo(new Agent.Retry(true, false));
        assertThat(world.status().families().getFirst().sent()).contains("192.0.2.7");
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent)
                .containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8", HOME + " 192.0.2.8");
        assertThat(Agent.retry(world.config(), HOME, world).heldBack()).isFalse();
        world.runOnce();
        assertThat(world.provider.sent).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nohost    | stopped until the settings change
                    abuse     | blocked for a day
                    badip     | this address refused
                    911       | a pause
                    """)
    void whateverHoldsANameBackEndsWhenItIsTriedAgain(String word, String what) throws IOException {
        world.provider.next(says(200, word));
        assertThat(world.runOnce().state()).as(what).isNotEqualTo(State.RIGHT);
        assertThat(world.runOnce().state()).as(what).isNotEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(1);
        assertThat(Agent.retry(world.config(), HOME, world).heldBack()).isTrue();
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(2);
    }

    @Test
    void whatIsInDoubtIsAskedAboutAlsoWhenItIsTriedAgain() throws IOException {
        world.provider.next(world.provider.losesItsReply());
        world.dns.rcode = Rcode.SERVFAIL;
        assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        world.dns.rcode = Rcode.NOERROR;
        Agent.retry(world.config(), HOME, world);
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(1);
    }

    /// A state file written before text from outside was quoted.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a stop    | abuse
                    a refusal | badip
                    a pause   | 911
                    """)
    void whatAnOldStateFileHoldsRawIsShownSafely(String what, String word) throws IOException {
        world.provider.next(says(200, word));
        world.runOnce();
        String evil = "\u009b31m\u202e\u001b[2J\u0085 http://me:HUSH@h/u?password=HUSH ";
        world.rewriteState(text ->
                text.replace("(" + word, evil + "(" + word)
                        .replace("holdfast agent retry NAME", "holdfast agent forget NAME")
                        .replaceAll("(retry\t[^\t]*\t[^\t]*\t[^\t]*\t)", "$1" + evil));
        StringBuilder decided = new StringBuilder();
        NameStatus status = world.status();
        world.newRound(
                        new RoundListener() {
                            @Override
                            public void decided(String name, Decision decision, Instant at) {
                                decided.append(decision); // what the log says
                            }
                        })
                .run();
        assertThat(status + "\n" + decided)
                .as(what)
                .contains("<U+009B>31m<U+202E>")
                .contains("http://h/u?...")
                .doesNotContain("HUSH", "\u009b", "\u202e", "\u001b", "\u0085", "agent forget");
    }

    @Test
    void maintenanceIsWaitedOutAcrossRestarts() throws IOException {
        world.provider.next(says(503, "911"));
        assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        for (int minute = 0; minute < 29; minute++) {
            world.passes(Duration.ofMinutes(1));
            assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        }
        assertThat(world.provider.sent).hasSize(1);
        world.passes(Duration.ofMinutes(7));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainSoonWithoutAnyDoubt() throws IOException {
        String url = world.provider.url();
        world.provider.close();
        NameStatus status = world.runOnce();
        assertThat(status.state()).isEqualTo(State.WAITING);
        assertThat(Duration.between(world.now, status.nextAt().orElseThrow()))
                .isLessThan(Duration.ofSeconds(1));
        assertThat(status.why()).contains("no connection to " + url.substring("http://".length()));
        assertThat(world.dns.asked).hasValue(0);
    }

    @Test
    void aDamagedMemoryIsKeptAsideAndTheDnsIsAsked() throws IOException {
        world.runOnce();
        Path file = folder.resolve("agent-state/" + HOME + ".memory");
        Files.writeString(file, "scribble");
        assertThat(world.status().state()).isEqualTo(State.UNCONFIRMED);
        assertThat(file).hasContent("scribble"); // status writes nothing

        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(1);
        assertThat(file.resolveSibling(HOME + ".memory.damaged")).hasContent("scribble");
    }

    @Test
    void aDamagedMemoryAndASilentDnsHoldTheNameUpForSecondsOnly() throws IOException {
        world.runOnce();
        Files.writeString(folder.resolve("agent-state/" + HOME + ".memory"), "");
        world.moveTo("192.0.2.8");
        world.dns.rcode = Rcode.SERVFAIL;
        world.runOnce();
        world.passes(Duration.ofSeconds(5));
        world.runOnce();
        world.passes(Duration.ofSeconds(10));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2.8");
    }

    @Test
    void onceOnADiskThatTakesNothingSendsAChangeOnceAndWarns() throws IOException {
        world.runOnce();
        world.breakDisk();
        world.moveTo("192.0.2.8");
        for (int life = 0; life < 3; life++) {
            NameStatus status = world.runOnce();
            assertThat(status.state()).isEqualTo(State.RIGHT);
            assertThat(status.warnings()).anyMatch(one -> one.contains("cannot be written"));
        }
        world.mendDisk();
        world.runOnce();
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8");
    }

    @Test
    void onceOnADiskThatTakesNothingSendsNoNameForTheFirstTime() throws IOException {
        world.breakDisk();
        assertThat(world.runOnce().state()).isEqualTo(State.DUE);
        assertThat(world.provider.sent).isEmpty();
    }

    @Test
    void onADiskThatTakesNothingAnOldAnswerOfACacheIsWaitedOut() throws IOException {
        world.runOnce();
        world.breakDisk();
        world.moveTo("192.0.2.8");
        world.dns.authoritative = false;
        for (int life = 0; life < 5; life++) {
            world.newRound(new RoundListener() {}).run();
            world.passes(Duration.ofSeconds(5));
        }
        assertThat(world.provider.sent).hasSize(1);

        Round round = world.newRound(new RoundListener() {});
        round.run();
        world.passes(Duration.ofSeconds(62));
        round.run();
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8");
    }

    @Test
    void withoutAnAddressNothingIsSent() throws IOException {
        world.runOnce();
        Files.delete(folder.resolve(HOME + ".address"));
        assertThat(world.runOnce().state()).isEqualTo(State.NO_ADDRESS);
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void oneBadNameStopsNoOther() throws IOException {
        world.moveTo("work.dyn.example", "192.0.2.9");
        AgentConfig both = world.config(world.table(HOME) + world.table("work.dyn.example"));
        world.provider.next(says(200, "nohost"));
        List<NameStatus> all = Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(all).extracting(NameStatus::state).containsOnlyOnce(State.STOPPED, State.RIGHT);
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndTouchesNothing() throws IOException {
        NameStatus plan = Agent.dryRun(world.config(), world).getFirst();
        assertThat(plan.state()).isEqualTo(State.DUE);
        assertThat(plan.next()).isEqualTo("sends 192.0.2.7 now");
        assertThat(world.provider.sent).isEmpty();
        assertThat(folder.resolve("agent-state")).doesNotExist();
    }

    @Test
    void keepAliveIsTheOnlyRepeatThereIs() throws IOException {
        AgentConfig alive = world.config(world.table(HOME) + "keep-alive = \"28d\"\n");
        for (int day = 0; day < 60; day++) {
            Agent.runOnce(alive, world, new Random(1), List.of());
            world.passes(Duration.ofDays(1));
        }
        assertThat(world.provider.sent).hasSize(3);
    }

    @Test
    void aRefusedAddressDoesNotSilenceTheName() throws IOException {
        world.runOnce();
        world.moveTo("198.51.100.10"); // what the modem gives while its line is down
        world.provider.next(says(200, "notfqdn"));
        for (int hour = 0; hour < 24; hour++) {
            NameStatus status = world.runOnce();
            assertThat(status.state()).isEqualTo(State.NO_ADDRESS);
            assertThat(status.why()).contains("198.51.100.10 was refused");
            world.passes(Duration.ofHours(1));
        }
        assertThat(world.provider.sent).hasSize(2);
        world.moveTo("192.0.2.55");
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2.55");
    }

    @Test
    void aPrivateAddressIsSentOnlyWhereTheOwnerAllowsItAndIsWarnedOf() throws IOException {
        String outside = world.table(HOME) + "private = false\n";
        world.moveTo("192.168.100.10");
        NameStatus plan = Agent.dryRun(world.config(outside), world).getFirst();
        assertThat(plan.state()).isEqualTo(State.NO_ADDRESS);
        assertThat(plan.warnings().getFirst())
                .contains("192.168.100.10 is a private address", "private = true");
        Agent.runOnce(world.config(outside), world, new Random(1), List.of());
        assertThat(world.provider.sent).isEmpty();

        // The double's server is at 127.0.0.1, so private addresses are of use to those who ask it.
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        world.moveTo("192.0.2.7");
        world.runOnce();
        world.passes(Duration.ofMinutes(1));
        world.moveTo("192.168.100.10");
        assertThat(Agent.dryRun(world.config(), world).getFirst().warnings().getFirst())
                .contains("before, 192.0.2.7 was sent");
    }

    @Test
    void anAbuseThatNamesItsEndIsOverThenForAnAddressThatChanged() throws IOException {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.provider.next((exchange, _) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("abuse".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        assertThat(world.runOnce().state()).isEqualTo(State.STOPPED);
        world.moveTo("192.0.2.9");
        world.passes(Duration.ofMinutes(59));
        assertThat(world.runOnce().state()).isEqualTo(State.STOPPED);
        assertThat(world.provider.sent).hasSize(2);
        world.passes(Duration.ofMinutes(1));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.sent).hasSize(3);
    }

    @Test
    void anAbuseWithoutAnEndIsLookedAtAgainOnceADayForAnAddressThatChanged() throws IOException {
        world.provider.next(says(200, "abuse"));
        for (int day = 0; day < 9; day++) {
            world.runOnce();
            world.passes(Duration.ofHours(23));
        }
        assertThat(world.provider.sent).hasSize(1);
        world.moveTo("192.0.2.9");
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aClockThatWasYearsAheadDelaysNothingOnceItIsRight() throws IOException {
        world.passes(Duration.ofDays(3650));
        world.provider.next(says(503, "911"), says(503, "911"));
        assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        world.passes(Duration.ofDays(-3650));
        world.runOnce(); // sent again: the wait was over
        assertThat(world.provider.sent).hasSize(2);
        world.passes(Duration.ofMinutes(73));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aStepOfTheClockBySecondsRepeatsNothing() throws IOException {
        world.provider.next(says(503, "911"));
        world.runOnce();
        for (int i = 0; i < 20; i++) {
            world.passes(Duration.ofSeconds(i % 2 == 0 ? -3 : 2));
            world.runOnce();
        }
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void aPauseForAPortalEndsWhenTheAddressChanges() throws IOException {
        for (int i = 0; i < 40; i++) {
            world.provider.next(says(302, ""));
            world.runOnce();
            world.passes(Duration.ofMinutes(15));
        }
        assertThat(world.provider.sent).hasSizeBetween(8, 14); // once an hour, in ten hours
        world.provider.honestFromNowOn();
        world.runOnce(); // as the portal wants it
        world.provider.next(says(302, ""));
        world.moveTo("192.0.2.55");
        world.runOnce();
        world.passes(Duration.ofMinutes(1));
        world.moveTo("192.0.2.56");
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aProviderThatDropsWhatIsNotSentKeepsBothFamilies() throws IOException {
        world.provider.dropsWhatIsNotSent = true;
        world.moveTo("six", "2001:db8::7");
        AgentConfig both = world.config(world.table(HOME) + "ipv6 = \"file six.address\"\n");
        Agent.runOnce(both, world, new Random(1), List.of());
        world.moveTo("192.0.2.8");
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.published)
                .containsEntry(HOME + " 4", "192.0.2.8")
                .containsEntry(HOME + " 6", "2001:db8::7");

        // Without IPv6 for a while it is dropped, and comes back with it.
        world.moveTo("six", "");
        world.passes(Duration.ofMinutes(10));
        world.moveTo("192.0.2.9");
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.published).doesNotContainKey(HOME + " 6");
        world.moveTo("six", "2001:db8::7");
        world.passes(Duration.ofMinutes(10));
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.published).containsEntry(HOME + " 6", "2001:db8::7");
        int sent = world.provider.sent.size();
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.sent).hasSize(sent);
    }

    @Test
    void aProviderThatKeepsWhatIsNotSentIsNotSentItAgain() throws IOException {
        world.moveTo("six", "2001:db8::7");
        AgentConfig both = world.config(world.table(HOME) + "ipv6 = \"file six.address\"\n");
        Agent.runOnce(both, world, new Random(1), List.of());
        world.moveTo("six", "");
        world.moveTo("192.0.2.9");
        Agent.runOnce(both, world, new Random(1), List.of());
        world.moveTo("six", "2001:db8::7");
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.sent).hasSize(2);
    }

    @Test
    void aRefusedFamilyDoesNotHoldTheOther() throws IOException {
        world.moveTo("six", "2001:db8::7");
        AgentConfig both = world.config(world.table(HOME) + "ipv6 = \"file six.address\"\n");
        world.provider.next(says(200, "notfqdn"), says(200, "notfqdn"));
        Agent.runOnce(both, world, new Random(1), List.of());
        assertThat(world.provider.sent)
                .containsExactly(
                        HOME + " 192.0.2.7,2001:db8::7",
                        HOME + " 192.0.2.7",
                        HOME + " 2001:db8::7");
        assertThat(world.provider.published).containsEntry(HOME + " 6", "2001:db8::7");
    }

    @Test
    void whereEachFamilyGoesByItselfTheOtherIsLeftAlone() throws IOException {
        world.moveTo("six", "2001:db8::7");
        AgentConfig apart =
                world.config(
                        world.table(HOME) + "ipv6 = \"file six.address\"\nfamilies = \"apart\"\n");
        for (int i = 0; i < 3; i++) {
            Agent.runOnce(apart, world, new Random(1), List.of());
            world.passes(Duration.ofSeconds(1));
        }
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 2001:db8::7");
    }
}
