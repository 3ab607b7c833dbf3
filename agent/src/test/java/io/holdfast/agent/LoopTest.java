package io.holdfast.agent;

import static io.holdfast.agent.ProviderDouble.says;
import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.NameStatus.State;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void anAddressIsToldOnceAndNeverAgainAcrossRestarts() throws IOException {
        for (int life = 0; life < 5; life++) {
            assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        }
        assertThat(world.provider.told).containsExactly(HOME + " 192.0.2.7");
    }

    @Test
    void everyChangeIsToldOnceInThreeMonthsAndNothingElse() throws IOException {
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
        assertThat(world.provider.told).hasSizeBetween(moves, moves + 1).doesNotHaveDuplicates();
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2." + (9 + moves));
    }

    @Test
    void aLostReplyIsLookedUpAndNotToldTwice() throws IOException {
        world.provider.next(world.provider.losesItsReply());
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.runOnce().families().getFirst().answer()).isEqualTo("dns");
        assertThat(world.provider.told).hasSize(1);
    }

    @Test
    void aRequestThatWasLostIsToldAgainAfterItsPause() throws IOException {
        world.provider.next((exchange, _) -> exchange.close());
        NameStatus status = world.runOnce();
        assertThat(status.state()).isEqualTo(State.WAITING);
        assertThat(status.nextAt().orElseThrow()).isAfter(world.now);
        world.passes(Duration.ofMinutes(1));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
        assertThat(world.provider.told).hasSize(2);
    }

    @Test
    void aCachedAnswerIsNotBelievedAtOnce() throws IOException {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.provider.next((exchange, _) -> exchange.close());
        world.dns.authoritative = false;
        world.provider.published.put(HOME + " 4", "192.0.2.8"); // as a cache of last week has it
        assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        world.provider.published.put(HOME + " 4", "192.0.2.7"); // the cache has let go
        world.passes(Duration.ofMinutes(2));
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
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
        assertThat(world.provider.told).hasSize(1);
        assertThat(world.status().next()).contains("correct user and password-file");

        AgentConfig mended =
                world.config(world.table(HOME).replace("secret-secret", "better-secret"));
        assertThat(Agent.runOnce(mended, world, new Random(1), List.of()).getFirst().state())
                .isEqualTo(State.RIGHT);
    }

    @Test
    void aChangedPasswordAloneTellsNothing() throws IOException {
        world.runOnce();
        AgentConfig changed =
                world.config(world.table(HOME).replace("secret-secret", "other-secret"));
        Agent.runOnce(changed, world, new Random(1), List.of());
        assertThat(world.provider.told).hasSize(1);
    }

    @Test
    void anotherServerIsToldWhatTheFirstKnows() throws IOException {
        world.runOnce();
        try (ProviderDouble other = new ProviderDouble()) {
            AgentConfig moved =
                    world.config(world.table(HOME).replace(world.provider.url(), other.url()));
            Agent.runOnce(moved, world, new Random(1), List.of());
            assertThat(other.told).containsExactly(HOME + " 192.0.2.7");
        }
        assertThat(world.provider.told).hasSize(1);
    }

    @Test
    void aStopEndsWhenItIsForgotten() throws IOException {
        world.provider.next(says(200, "abuse"));
        assertThat(world.runOnce().next()).contains("holdfast agent forget " + HOME);
        assertThat(Agent.forget(world.config(), "Home.dyn.example.")).isTrue();
        assertThat(Agent.forget(world.config(), HOME)).isFalse();
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void maintenanceIsWaitedOutAcrossRestarts() throws IOException {
        world.provider.next(says(503, "911"));
        assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        for (int minute = 0; minute < 29; minute++) {
            world.passes(Duration.ofMinutes(1));
            assertThat(world.runOnce().state()).isEqualTo(State.WAITING);
        }
        assertThat(world.provider.told).hasSize(1);
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
        assertThat(world.provider.told).hasSize(1);
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
    void withoutAnAddressNothingIsTold() throws IOException {
        world.runOnce();
        Files.delete(folder.resolve(HOME + ".address"));
        assertThat(world.runOnce().state()).isEqualTo(State.NO_ADDRESS);
        assertThat(world.provider.told).hasSize(1);
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
        assertThat(plan.next()).isEqualTo("tells 192.0.2.7 now");
        assertThat(world.provider.told).isEmpty();
        assertThat(folder.resolve("agent-state")).doesNotExist();
    }

    @Test
    void keepAliveIsTheOnlyRepeatThereIs() throws IOException {
        AgentConfig alive = world.config(world.table(HOME) + "keep-alive = \"28d\"\n");
        for (int day = 0; day < 60; day++) {
            Agent.runOnce(alive, world, new Random(1), List.of());
            world.passes(Duration.ofDays(1));
        }
        assertThat(world.provider.told).hasSize(3);
    }
}
