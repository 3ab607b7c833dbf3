package io.holdfast.agent;

import static io.holdfast.agent.ProviderDouble.says;
import static io.holdfast.agent.World.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.Published;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An agent that dies at any step of its rounds, beside a provider that loses replies and has
/// outages: the name converges, and no address is sent again after a success the agent has seen.
class KilledAtAnyMomentTest {
    @TempDir Path folder;
    private Moment killAt = Moment.NEVER;
    private String seenGood = "";

    enum Moment {
        NEVER,
        DECIDED,
        LOOKED_UP,
        MARKED,
        ANSWERED,
        REMEMBERED
    }

    /// As if by SIGKILL: nothing catches it.
    private static final class Killed extends Error {}

    private final RoundListener mortal =
            new RoundListener() {
                @Override
                public void decided(String name, Decision decision, Instant at) {
                    die(Moment.DECIDED);
                }

                @Override
                public void lookedUp(String name, Published published, Instant at) {
                    die(Moment.LOOKED_UP);
                }

                @Override
                public void sending(String name, Addresses addresses, Instant at) {
                    assertThat(addresses.toString()).as("sent again").isNotEqualTo(seenGood);
                    seenGood = ""; // from here on another address may be published
                    die(Moment.MARKED);
                }

                @Override
                public void answered(String name, Addresses sent, ProviderReply reply, Instant at) {
                    seenGood =
                            switch (reply) {
                                case ProviderReply.Accepted(Addresses confirmed) ->
                                        confirmed.toString();
                                case ProviderReply.AlreadyRight(Addresses confirmed) ->
                                        confirmed.toString();
                                default -> seenGood;
                            };
                    die(Moment.ANSWERED);
                }

                @Override
                public void remembered(String name, Instant at) {
                    die(Moment.REMEMBERED);
                }
            };

    @ParameterizedTest(name = "killed when {0}")
    @EnumSource(Moment.class)
    void aChangeIsSentOnceWhicheverStepKillsTheAgent(Moment moment) throws IOException {
        try (World world = new World(folder)) {
            world.moveTo("192.0.2.1");
            live(world.newRound(mortal), world);
            world.moveTo("192.0.2.7");
            killAt = moment;
            live(live(world.newRound(mortal), world), world);
            assertThat(world.provider.sent)
                    .containsExactly(HOME + " 192.0.2.1", HOME + " 192.0.2.7");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void convergesAndRepeatsNothing(long seed) throws IOException {
        Random random = new Random(seed);
        try (World world = new World(folder)) {
            int address = 0;
            world.moveTo("192.0.2.0");
            Round round = world.newRound(mortal);
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> {
                        address = random.nextInt(4);
                        world.moveTo("192.0.2." + address);
                    }
                    case 2, 3 -> killAt = Moment.values()[random.nextInt(Moment.values().length)];
                    case 4 -> world.provider.next(world.provider.losesItsReply());
                    case 5 -> world.provider.next((exchange, _) -> exchange.close());
                    case 6 -> world.provider.next(says(503, "911"));
                    default -> {} // nothing but time
                }
                world.passes(Duration.ofSeconds(random.nextInt(3600)));
                round = live(round, world);
            }
            killAt = Moment.NEVER;
            world.provider.honestFromNowOn();
            settle(round, world);
            assertThat(world.provider.published)
                    .as("%s", world.status())
                    .containsEntry(HOME + " 4", "192.0.2." + address);
            int sent = world.provider.sent.size();
            settle(world.newRound(mortal), world);
            assertThat(world.provider.sent).hasSize(sent);
        }
    }

    /// One round, and a new agent if that killed the old one.
    private Round live(Round round, World world) throws IOException {
        try {
            round.run();
            return round;
        } catch (Killed dead) {
            killAt = Moment.NEVER;
            return world.newRound(mortal);
        }
    }

    /// Longer than any pause there is.
    private static void settle(Round round, World world) {
        for (int tenMinutes = 0; tenMinutes < 60; tenMinutes++) {
            round.run();
            world.passes(Duration.ofMinutes(10));
        }
    }

    private void die(Moment moment) {
        if (killAt == moment) {
            throw new Killed();
        }
    }
}
