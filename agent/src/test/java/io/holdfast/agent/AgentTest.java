package io.holdfast.agent;

import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.NameStatus.State;
import io.holdfast.agent.memory.StateInUseException;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.RoundListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A running agent, on the real clock.
@Timeout(60)
class AgentTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // begin() does
    private World world;

    private final Events events = new Events();

    /// What was heard, as `NAME what`.
    private static final class Events implements RoundListener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void answered(String name, Addresses sent, ProviderReply reply, Instant at) {
            heard.add(name + " " + reply.getClass().getSimpleName() + " " + sent);
        }

        @Override
        public void decided(String name, Decision decision, Instant at) {
            heard.add(name + " " + decision.getClass().getSimpleName());
        }

        void await(String event) throws InterruptedException {
            String next = heard.poll(30, TimeUnit.SECONDS);
            while (next != null && !next.equals(event)) {
                next = heard.poll(30, TimeUnit.SECONDS);
            }
            assertThat(next).isEqualTo(event);
        }
    }

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
    void tellsAtStartAndAtEveryChange() throws Exception {
        try (Agent agent = start(world.config())) {
            events.await(HOME + " Accepted 192.0.2.7");
            world.moveTo("192.0.2.8");
            agent.lookNow();
            events.await(HOME + " Accepted 192.0.2.8");
        }
        assertThat(world.provider.published).containsEntry(HOME + " 4", "192.0.2.8");
    }

    @Test
    void aRestartSendsNothing() throws Exception {
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Accepted 192.0.2.7");
        }
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Nothing");
            events.await(HOME + " Nothing"); // the second agent's own
        }
        assertThat(world.provider.sent).hasSize(1);
    }

    @Test
    void aChangeIsLookedUpFirstIfItIsFoundAtTheStartAndNotLater() throws Exception {
        world.runOnce();
        world.moveTo("192.0.2.8");
        try (Agent agent = start(world.config())) {
            events.await(HOME + " Confirm");
            events.await(HOME + " Accepted 192.0.2.8");
            int asked = world.dns.asked.get();
            world.moveTo("192.0.2.9");
            agent.lookNow();
            events.await(HOME + " Accepted 192.0.2.9");
            assertThat(world.dns.asked).hasValue(asked);
        }
        events.heard.clear();
        try (Agent agent = start(world.config())) {
            int asked = world.dns.asked.get();
            events.await(HOME + " Nothing");
            world.moveTo("192.0.2.7");
            agent.lookNow();
            events.await(HOME + " Accepted 192.0.2.7");
            assertThat(world.dns.asked).hasValue(asked);
        }
    }

    @Test
    void aProviderThatHangsDelaysNoOtherName() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        world.provider.next((exchange, _) -> {
            hanging.countDown();
            awaitQuietly(release);
            exchange.close();
        });
        try (Agent agent = start(world.config(world.table(HOME) + world.table("work.example")))) {
            assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
            world.moveTo("work.example", "192.0.2.9");
            agent.lookNow();
            events.await("work.example Accepted 192.0.2.9");
            release.countDown();
        }
    }

    @Test
    void closingWaitsForTheTellingUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        world.provider.next((exchange, _) -> {
            asked.countDown();
            awaitQuietly(release);
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("good".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        Agent agent = start(world.config());
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        Thread closing = Thread.ofVirtual().start(agent::close);
        release.countDown();
        closing.join();
        assertThat(world.status().families().getFirst().answer()).isEqualTo("good");
        assertThat(Agent.status(world.config(), world).running()).isFalse();
    }

    @Test
    void twoAgentsOnOneStateFolderAreRefused() throws Exception {
        try (Agent _ = start(world.config())) {
            assertThat(Agent.status(world.config(), world).running()).isTrue();
            assertThatThrownBy(() -> start(world.config())).isInstanceOf(StateInUseException.class);
            assertThatThrownBy(() -> world.runOnce()).isInstanceOf(StateInUseException.class);
        }
    }

    @Test
    void onADiskThatTakesNothingAnAgentStartsAndSendsAChangeOnce() throws Exception {
        world.runOnce();
        world.breakDisk();
        world.moveTo("192.0.2.8");
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Accepted 192.0.2.8");
        }
        for (int life = 0; life < 3; life++) {
            events.heard.clear();
            try (Agent _ = start(world.config())) {
                events.await(HOME + " Nothing");
            }
        }
        world.mendDisk();
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Nothing");
        }
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8");
    }

    @Test
    void onADiskThatTakesNothingANameNeverSentWaitsForTheDisk() throws Exception {
        world.breakDisk();
        for (int life = 0; life < 3; life++) {
            try (Agent _ = start(world.config())) {
                events.await(HOME + " Send");
            }
        }
        assertThat(world.provider.sent).isEmpty();
        try (Agent agent = start(world.config())) {
            events.await(HOME + " Send");
            world.mendDisk();
            agent.lookNow();
            events.await(HOME + " Accepted 192.0.2.7");
            assertThatThrownBy(() -> start(world.config()))
                    .as("locked from the first write on")
                    .isInstanceOf(StateInUseException.class);
        }
    }

    @Test
    void whatIsNoFolderStopsTheStart() throws Exception {
        Files.writeString(world.config().state(), "");
        assertThatThrownBy(() -> start(world.config()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is no folder");
    }

    @Test
    void withoutThreadsAnAgentLetsGoOfItsFolder() throws Exception {
        for (int threads = 0; threads < 2; threads++) {
            Semaphore left = new Semaphore(threads);
            ThreadFactory scarce =
                    task -> {
                        if (!left.tryAcquire()) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        return Thread.ofVirtual().unstarted(task);
                    };
            assertThatThrownBy(() ->
                            Agent.start(
                                    world.config(),
                                    InstantSource.system(),
                                    new Random(1),
                                    List.of(events),
                                    scarce))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(Agent.status(world.config(), world).running()).isFalse();
        }
        assertThat(world.runOnce().state()).isEqualTo(State.RIGHT);
    }

    @Test
    void aRunningAgentForgetsWhenAsked() throws Exception {
        world.provider.next(ProviderDouble.says(200, "nohost"));
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Stopped");
            assertThat(world.status().state()).isEqualTo(State.STOPPED);
            assertThat(Agent.forget(world.config(), HOME)).isTrue();
            events.await(HOME + " Accepted 192.0.2.7");
        }
    }

    @Test
    void aRunningAgentTriesAgainWhenAskedAndForgetsNothing() throws Exception {
        world.runOnce();
        world.moveTo("192.0.2.8");
        world.provider.next(ProviderDouble.says(200, "nohost"));
        try (Agent _ = start(world.config())) {
            events.await(HOME + " Stopped");
            assertThat(Agent.retry(world.config(), HOME, world))
                    .isEqualTo(new Agent.Retry(true, true));
            events.await(HOME + " Accepted 192.0.2.8");
        }
        assertThat(world.config().state().resolve(HOME + ".retry")).doesNotExist();
        assertThat(Agent.retry(world.config(), HOME, world).heldBack()).isFalse();
    }

    @Test
    void aRunningAgentLooksWhenAskedAndTheAskerSeesWhatCameOfIt() throws Exception {
        AgentConfig config = world.config(readByACommand());
        try (Agent _ = start(config)) {
            events.await(HOME + " Accepted 192.0.2.7");
            world.moveTo("192.0.2.8"); // which no event reports
            NameStatus status =
                    Agent.check(config, InstantSource.system(), new Random(1), List.of())
                            .getFirst();
            assertThat(status.families().getFirst().sent()).contains("192.0.2.8");
            assertThat(status.state()).isEqualTo(State.RIGHT);
        }
        assertThat(config.state().resolve(HOME + ".look")).doesNotExist();
    }

    @Test
    void withoutARunningAgentTheCheckLooksItself() throws Exception {
        AgentConfig config = world.config(readByACommand());
        for (String address : List.of("192.0.2.7", "192.0.2.8", "192.0.2.8")) {
            world.moveTo(address);
            List<NameStatus> names =
                    Agent.check(config, InstantSource.system(), new Random(1), List.of());
            assertThat(names.getFirst().state()).isEqualTo(State.RIGHT);
        }
        assertThat(world.provider.sent).containsExactly(HOME + " 192.0.2.7", HOME + " 192.0.2.8");
    }

    private String readByACommand() {
        return world.table(HOME)
                .replaceAll(
                        "ipv4 = .*",
                        "ipv4 = 'command \"cat " + folder.resolve(HOME + ".address") + "\"'");
    }

    @Test
    void forgettingAnUnknownNameSaysWhichThereAre() {
        assertThatThrownBy(() -> Agent.forget(world.config(), "hmoe.dyn.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no name \"hmoe.dyn.example\" is configured; there is: home.dyn.example");
    }

    private Agent start(AgentConfig config) throws IOException {
        return Agent.start(config, InstantSource.system(), new Random(1), List.of(events));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
