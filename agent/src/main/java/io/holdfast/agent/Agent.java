package io.holdfast.agent;

import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.StateInUseException;
import io.holdfast.agent.memory.StateLock;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.notice.LogNotice;
import io.holdfast.agent.round.DnsLookup;
import io.holdfast.agent.round.Lookout;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.runtime.PerpetualLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent as a whole: keeps every configured name at its address until it is closed.
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /// How long [#close] waits for a telling that is under way.
    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    /// How long `--once` waits for an address that changes often to settle.
    private static final Duration ONCE_SETTLING = Duration.ofSeconds(30);

    /// How often it is looked whether the clock and time still go together, and whether a request
    /// to forget was overheard. Each look wakes the machine.
    private static final Duration TICK = Duration.ofSeconds(20);

    private final StateLock lock;
    private final List<Keeper> keepers;
    private final ClockWatch clockWatch;
    private final Bell tick = new Bell();
    private final PerpetualLoop ticking;
    private final Optional<AutoCloseable> forgetWatch;
    private final List<Thread> threads = new ArrayList<>();

    private Agent(StateLock lock, List<Keeper> keepers, Memory memory, InstantSource clock) {
        this.lock = lock;
        this.keepers = keepers;
        this.clockWatch = new ClockWatch(clock, System::nanoTime);
        this.ticking =
                new PerpetualLoop(
                        this::tick,
                        fault -> LOG.error("looking at the clock failed; going on", fault));
        this.forgetWatch = forgetWatch(memory);
        keepers.forEach(keeper -> threads.add(Thread.ofVirtual().name("keeper").start(keeper)));
        threads.add(Thread.ofVirtual().name("tick").start(ticking));
    }

    private Optional<AutoCloseable> forgetWatch(Memory memory) {
        try {
            return Optional.of(memory.watchForgetRequests(this::forgetRequested));
        } catch (IOException none) {
            LOG.info(
                    "the state folder cannot be watched ({}); a request to forget a name takes up"
                            + " to {} s",
                    none.toString(),
                    TICK.toSeconds());
            return Optional.empty();
        }
    }

    private boolean tick() throws InterruptedException {
        tick.await(TICK);
        if (clockWatch.jumped()) {
            nudge();
        } else {
            forgetRequested();
        }
        return true;
    }

    private void forgetRequested() {
        keepers.forEach(Keeper::nudgeIfToForget);
    }

    /// Starts keeping every name, each on its own virtual thread.
    ///
    /// @param listeners hear every step; [#log] is one of them only if it is among them
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if the state folder cannot be used, naming it
    public static Agent start(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        Memory memory = new Memory(config.state());
        StateLock lock = memory.lock();
        DefaultRoutes routes = DefaultRoutes.ofThisHost();
        AllListeners all = new AllListeners(listeners);
        List<Keeper> keepers = new ArrayList<>();
        for (NameConfig name : config.names()) {
            Map<Family, Lookout> lookouts = lookouts(name);
            Round round = round(name, lookouts, memory, routes, all, clock, random);
            keepers.add(
                    new Keeper(name.name(), round, lookouts.values(), routes, memory, all, clock));
        }
        return new Agent(lock, keepers, memory, clock);
    }

    /// One round of every name, each by itself and all at once; for `--once`.
    ///
    /// @return how the names stand afterwards, in the order of the configuration
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if the state folder cannot be used, naming it
    public static List<NameStatus> runOnce(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        Memory memory = new Memory(config.state());
        DefaultRoutes routes = DefaultRoutes.ofThisHost();
        AllListeners all = new AllListeners(listeners);
        try (StateLock _ = memory.lock()) {
            List<Thread> rounds = new ArrayList<>();
            for (NameConfig name : config.names()) {
                Round round = round(name, lookouts(name), memory, routes, all, clock, random);
                rounds.add(Thread.ofVirtual().start(() -> once(round, clock)));
            }
            join(rounds, Duration.ofDays(1)); // each step of a round has its own bound
            return standing(config, memory, clock.instant(), true);
        }
    }

    /// A round, and another one when an address that changes often has settled, if that is soon.
    private static void once(Round round, InstantSource clock) {
        Instant next = round.run();
        Instant now = clock.instant();
        Duration wait = Duration.between(now, next);
        if (round.isSettling() && wait.compareTo(ONCE_SETTLING) <= 0) {
            try {
                Thread.sleep(wait.isNegative() ? Duration.ZERO : wait);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
            round.run();
        }
    }

    /// What a round would do, and why. Looks at every source; sends nothing, writes nothing, and
    /// works while an agent runs.
    ///
    /// @throws IOException if the memory is there and cannot be read
    public static List<NameStatus> dryRun(AgentConfig config, InstantSource clock)
            throws IOException {
        return standing(config, new Memory(config.state()), clock.instant(), true);
    }

    /// How every name stands, by the memory; works while an agent runs. Sources that ask others or
    /// run programs are not looked at.
    ///
    /// @throws IOException if the memory is there and cannot be read
    public static AgentStatus status(AgentConfig config, InstantSource clock) throws IOException {
        Memory memory = new Memory(config.state());
        return new AgentStatus(memory.isLocked(), standing(config, memory, clock.instant(), false));
    }

    /// Drops what is remembered about one name, so that a stop ends and its address is told anew. A
    /// running agent does so within a second.
    ///
    /// @param name as configured, in any case
    /// @return whether anything was remembered
    /// @throws IllegalArgumentException if no such name is configured, naming those that are
    /// @throws IOException if the state folder cannot be used, naming it
    public static boolean forget(AgentConfig config, String name) throws IOException {
        String known =
                config.names().stream()
                        .map(NameConfig::name)
                        .filter(one -> one.equalsIgnoreCase(name.replaceAll("\\.$", "")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(unknown(config, name)));
        Memory memory = new Memory(config.state());
        boolean remembered = memory.knows(known);
        try (StateLock _ = memory.lock()) {
            memory.forget(known);
        } catch (StateInUseException running) {
            memory.requestForget(known);
        }
        return remembered;
    }

    /// A listener that writes the log, as `io.holdfast.agent`.
    public static RoundListener log(AgentConfig config) {
        Map<String, String> servers =
                config.names().stream()
                        .collect(
                                Collectors.toMap(
                                        NameConfig::name, one -> one.host().server().getHost()));
        return new LogNotice(
                LoggerFactory.getLogger(Agent.class),
                name -> servers.getOrDefault(name, "the provider"));
    }

    /// Has every name look again now.
    public void nudge() {
        keepers.forEach(Keeper::nudge);
    }

    /// Finishes a telling that is under way, bounded by 8 s, and stops. Sends nothing new.
    @Override
    public void close() {
        keepers.forEach(Keeper::close);
        ticking.close();
        tick.ring();
        join(threads, LAST_WORDS);
        threads.forEach(Thread::interrupt);
        forgetWatch.ifPresent(Agent::closeWatch);
        lock.close();
    }

    private static void closeWatch(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception failed) {
            LOG.debug("closing the watch of the state folder", failed);
        }
    }

    static Round round(
            NameConfig name,
            Map<Family, Lookout> lookouts,
            Memory memory,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock,
            RandomGenerator random) {
        return new Round(
                new Round.Setting(
                        name.host(),
                        Target.of(name.provider().id(), name.host()),
                        lookouts,
                        name.keepAlive(),
                        name.together(),
                        name::takesPrivate,
                        name.habits().damped()),
                new Round.Outside(
                        memory,
                        name.provider().client(userAgent(), clock),
                        new DnsLookup(name.resolver()),
                        routes,
                        listener,
                        clock,
                        random));
    }

    static Map<Family, Lookout> lookouts(NameConfig name) {
        Map<Family, Lookout> lookouts = new EnumMap<>(Family.class);
        name.sources()
                .forEach(
                        (family, source) -> lookouts.put(family, new Lookout(source, name.poll())));
        return lookouts;
    }

    private static List<NameStatus> standing(
            AgentConfig config, Memory memory, Instant now, boolean lookAtAll) throws IOException {
        List<NameStatus> all = new ArrayList<>();
        for (NameConfig name : config.names()) {
            all.add(new Standing(name, now).of(memory, lookAtAll));
        }
        return all;
    }

    /// Providers block clients that do not say who they are (update-protocol.md §5).
    private static String userAgent() {
        String version =
                Optional.ofNullable(Agent.class.getPackage().getImplementationVersion())
                        .orElse("unreleased");
        return "holdfast/" + version + " (dynamic DNS agent)";
    }

    private static String unknown(AgentConfig config, String name) {
        return "no name \""
                + name
                + "\" is configured; there is: "
                + config.names().stream().map(NameConfig::name).collect(Collectors.joining(", "));
    }

    private static void join(List<Thread> threads, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Thread thread : threads) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (left.isPositive()) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt(); // the caller wants no more waiting
        }
    }
}
