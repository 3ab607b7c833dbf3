package io.holdfast.agent;

import io.holdfast.agent.address.DefaultRoutes;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.http.HttpClient;
import io.holdfast.agent.memory.Entry;
import io.holdfast.agent.memory.Memory;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.Memory.Request;
import io.holdfast.agent.memory.StateHold;
import io.holdfast.agent.memory.StateInUseException;
import io.holdfast.agent.memory.StateLock;
import io.holdfast.agent.memory.Target;
import io.holdfast.agent.notice.LogNotice;
import io.holdfast.agent.round.DnsLookup;
import io.holdfast.agent.round.EntryChanges;
import io.holdfast.agent.round.Poller;
import io.holdfast.agent.round.Round;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.runtime.PerpetualLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent as a whole: keeps every configured name at its address until it is closed.
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /// How long [#close] waits for an update that is under way.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    /// How long `--once` waits for an address that changes often to settle.
    private static final Duration ONCE_SETTLING = Duration.ofSeconds(30);

    /// How often it is looked whether the clock and time still go together, and whether a request
    /// was overheard. Each look wakes the machine.
    private static final Duration TICK = Duration.ofSeconds(20);

    /// How long [#check] waits for the running agent, whose requests to providers have bounds below
    /// it.
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

    /// Of a state folder that cannot be written.
    private static final String GOING_ON = "{}; going on with what can be read there";

    private final StateHold hold;
    private final List<NameLoop> nameLoops;
    private final ClockWatch clockWatch;
    private final WakeUp tick = new WakeUp();
    private final PerpetualLoop ticking;
    private final Optional<AutoCloseable> requestWatch;
    private final List<Thread> threads = new ArrayList<>();

    private boolean saidUnwritable;

    private Agent(StateHold hold, List<NameLoop> nameLoops, Memory memory, InstantSource clock) {
        this.hold = hold;
        this.nameLoops = nameLoops;
        this.clockWatch = new ClockWatch(clock, System::nanoTime);
        this.ticking =
                new PerpetualLoop(
                        this::tick,
                        fault -> LOG.error("looking at the clock failed; going on", fault));
        sayIfUnwritable();
        this.requestWatch = requestWatch(memory);
    }

    /// @param factory makes a thread, which may fail
    private void begin(ThreadFactory factory) {
        for (NameLoop nameLoop : nameLoops) {
            begin(factory, nameLoop);
        }
        begin(factory, ticking);
    }

    private void begin(ThreadFactory factory, Runnable task) {
        Thread thread = factory.newThread(task);
        thread.start();
        threads.add(thread);
    }

    /// Says once that the state folder cannot be written, and once that it can.
    private void sayIfUnwritable() {
        String obstacle = hold.obstacle();
        if (saidUnwritable && obstacle.isEmpty()) {
            LOG.info("the state folder can be written again");
        } else if (!saidUnwritable && !obstacle.isEmpty()) {
            LOG.error(GOING_ON, obstacle);
        }
        saidUnwritable = !obstacle.isEmpty();
    }

    private Optional<AutoCloseable> requestWatch(Memory memory) {
        try {
            return Optional.of(memory.watchRequests(this::requested));
        } catch (IOException none) {
            LOG.info(
                    "the state folder cannot be watched ({}); what other commands ask for takes up"
                            + " to {} s",
                    none.toString(),
                    TICK.toSeconds());
            return Optional.empty();
        }
    }

    private boolean tick() throws InterruptedException {
        tick.await(TICK);
        if (saidUnwritable && !ticking.isClosed()) {
            askForFolder();
        }
        if (clockWatch.jumped()) {
            lookNow();
        } else {
            requested();
        }
        return true;
    }

    private void askForFolder() {
        try {
            hold.ensure();
        } catch (IOException still) {
            LOG.debug("the state folder", still);
        }
        sayIfUnwritable();
    }

    private void requested() {
        nameLoops.forEach(NameLoop::lookNowIfRequested);
    }

    /// Starts keeping every name, each on its own virtual thread.
    ///
    /// @param listeners hear every step; [#log] is one of them only if it is among them
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if there is something else in place of the state folder. One that cannot
    ///   be written stops no start
    public static Agent start(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        return start(config, clock, random, listeners, Thread.ofVirtual().name("agent").factory());
    }

    /// @param factory of the agent's threads
    static Agent start(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners,
            ThreadFactory factory)
            throws IOException {
        Memory memory = new Memory(config.state());
        StateHold hold = memory.hold();
        try {
            DefaultRoutes routes = DefaultRoutes.ofThisHost();
            AllListeners all = new AllListeners(listeners);
            List<NameLoop> nameLoops = new ArrayList<>();
            for (NameConfig name : config.names()) {
                Map<Family, Poller> pollers = pollers(name);
                Round round = round(name, pollers, memory, routes, all, clock, random);
                nameLoops.add(
                        new NameLoop(name.name(), round, pollers.values(), routes, all, clock));
            }
            Agent agent = new Agent(hold, nameLoops, memory, clock);
            try {
                agent.begin(factory);
            } catch (RuntimeException | Error noThread) {
                agent.close();
                throw noThread;
            }
            return agent;
        } catch (RuntimeException | Error failed) {
            hold.close();
            throw failed;
        }
    }

    /// One round of every name, each by itself and all at once; for `--once`.
    ///
    /// @return how the names stand afterwards, in the order of the configuration
    /// @throws StateInUseException if another agent works on the state folder
    /// @throws IOException if the state folder cannot be read, naming it
    public static List<NameStatus> runOnce(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        Memory memory = new Memory(config.state());
        DefaultRoutes routes = DefaultRoutes.ofThisHost();
        AllListeners all = new AllListeners(listeners);
        try (StateHold hold = memory.hold()) {
            if (!hold.obstacle().isEmpty()) {
                LOG.error(GOING_ON, hold.obstacle());
            }
            Map<String, Round> rounds = new HashMap<>();
            List<Thread> threads = new ArrayList<>();
            for (NameConfig name : config.names()) {
                Round round = round(name, pollers(name), memory, routes, all, clock, random);
                rounds.put(name.name(), round);
                threads.add(Thread.ofVirtual().start(() -> once(round, clock)));
            }
            join(threads, Duration.ofDays(1)); // each step of a round has its own bound
            return afterRounds(config, rounds, memory, clock.instant());
        }
    }

    /// How the names stand by what the rounds know, which is more than what is on disk if that
    /// takes nothing.
    private static List<NameStatus> afterRounds(
            AgentConfig config, Map<String, Round> rounds, Memory memory, Instant now)
            throws IOException {
        List<NameStatus> all = new ArrayList<>();
        for (NameConfig name : config.names()) {
            Round round = rounds.get(name.name());
            StatusBuilder builder = new StatusBuilder(name, now);
            all.add(
                    round != null && round.isUnwritten() && round.known().isPresent()
                            ? builder.of(round.known().get(), true)
                                    .withWarning(
                                            "the state folder cannot be written: the next process"
                                                    + " does not know what was sent")
                            : builder.of(memory, true));
        }
        return all;
    }

    /// A round, and another one when an address that changes often has settled, if that is soon.
    private static void once(Round round, InstantSource clock) {
        round.endsAfterwards();
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
        return statuses(config, new Memory(config.state()), clock.instant(), true);
    }

    /// How every name stands, by the memory; works while an agent runs. Sources that ask others or
    /// run programs are not looked at.
    ///
    /// @throws IOException if the memory is there and cannot be read
    public static AgentStatus status(AgentConfig config, InstantSource clock) throws IOException {
        Memory memory = new Memory(config.state());
        return new AgentStatus(memory.isLocked(), statuses(config, memory, clock.instant(), false));
    }

    /// Drops what is remembered about one name, so that a stop ends and its address is sent anew. A
    /// running agent does so within a second.
    ///
    /// @param name as configured, in any case
    /// @return whether anything was remembered
    /// @throws IllegalArgumentException if no such name is configured, naming those that are
    /// @throws IOException if the state folder cannot be used, naming it
    public static boolean forget(AgentConfig config, String name) throws IOException {
        String known = configured(config, name);
        Memory memory = new Memory(config.state());
        boolean remembered = memory.knows(known);
        try (StateLock _ = memory.lock()) {
            memory.forget(known);
        } catch (StateInUseException running) {
            memory.request(known, Request.FORGET);
        }
        return remembered;
    }

    /// What came of [#retry].
    ///
    /// @param heldBack whether the name was stopped, waiting or refused an address
    /// @param running whether an agent runs, which then tries at once
    public record Retry(boolean heldBack, boolean running) {}

    /// Has one name tried again now, whatever stopped it or holds it back; what was sent is not
    /// forgotten. A running agent does so within a second, else the next one does.
    ///
    /// @param name as configured, in any case
    /// @throws IllegalArgumentException if no such name is configured, naming those that are
    /// @throws IOException if the state folder cannot be used, naming it
    public static Retry retry(AgentConfig config, String name, InstantSource clock)
            throws IOException {
        String known = configured(config, name);
        Memory memory = new Memory(config.state());
        boolean heldBack = false;
        if (memory.recall(known) instanceof Recall.Remembered(Entry entry)) {
            heldBack = EntryChanges.isHeldBack(entry);
        }
        try (StateLock _ = memory.lock()) {
            if (memory.recall(known) instanceof Recall.Remembered(Entry entry)) {
                memory.remember(known, EntryChanges.triedAgain(entry, clock.instant()));
            }
            return new Retry(heldBack, false);
        } catch (StateInUseException running) {
            memory.request(known, Request.RETRY);
            return new Retry(heldBack, true);
        }
    }

    /// Looks at once at all sources and sends what changed: has the running agent do so, or does it
    /// here like [#runOnce].
    ///
    /// @return how the names stand afterwards, in the order of the configuration
    /// @throws IOException if the state folder cannot be used, or the running agent does not look
    public static List<NameStatus> check(
            AgentConfig config,
            InstantSource clock,
            RandomGenerator random,
            List<RoundListener> listeners)
            throws IOException {
        try {
            return runOnce(config, clock, random, listeners);
        } catch (StateInUseException running) {
            Memory memory = new Memory(config.state());
            askToLook(config, memory);
            return statuses(config, memory, clock.instant(), false);
        }
    }

    private static void askToLook(AgentConfig config, Memory memory) throws IOException {
        for (NameConfig name : config.names()) {
            memory.request(name.name(), Request.LOOK);
        }
        long end = System.nanoTime() + CHECK_TIMEOUT.toNanos();
        List<String> left = unlooked(config, memory);
        while (!left.isEmpty() && end - System.nanoTime() > 0) {
            try {
                Thread.sleep(CHECK_INTERVAL);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                break;
            }
            left = unlooked(config, memory);
        }
        for (String name : left) {
            memory.withdraw(name, Request.LOOK);
        }
        if (!left.isEmpty()) {
            throw new IOException(
                    "the running agent did not look for "
                            + String.join(", ", left)
                            + " within "
                            + CHECK_TIMEOUT.toSeconds()
                            + " s; if its configuration has changed since it was started, start it"
                            + " again");
        }
    }

    private static List<String> unlooked(AgentConfig config, Memory memory) {
        return config.names().stream()
                .map(NameConfig::name)
                .filter(name -> memory.isRequested(name, Request.LOOK))
                .toList();
    }

    private static String configured(AgentConfig config, String name) {
        return config.names().stream()
                .map(NameConfig::name)
                .filter(one -> one.equalsIgnoreCase(name.replaceAll("\\.$", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(config, name)));
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
    public void lookNow() {
        nameLoops.forEach(NameLoop::lookNow);
    }

    /// Finishes an update that is under way, bounded by 8 s, and stops. Sends nothing new.
    @Override
    public void close() {
        nameLoops.forEach(NameLoop::close);
        ticking.close();
        tick.signal();
        join(threads, CLOSE_TIMEOUT);
        threads.forEach(Thread::interrupt);
        requestWatch.ifPresent(Agent::closeWatch);
        hold.close();
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
            Map<Family, Poller> pollers,
            Memory memory,
            DefaultRoutes routes,
            RoundListener listener,
            InstantSource clock,
            RandomGenerator random) {
        return new Round(
                new Round.Setting(
                        name.host(),
                        Target.of(name.provider().id(), name.host()),
                        pollers,
                        name.keepAlive(),
                        name.together(),
                        name::takesPrivate,
                        name.habits().damped()),
                new Round.Outside(
                        memory,
                        name.provider().client(HttpClient.ofThisJdk(), userAgent(), clock),
                        new DnsLookup(name.resolver()),
                        routes,
                        listener,
                        clock,
                        random));
    }

    static Map<Family, Poller> pollers(NameConfig name) {
        Map<Family, Poller> pollers = new EnumMap<>(Family.class);
        name.sources()
                .forEach((family, source) -> pollers.put(family, new Poller(source, name.poll())));
        return pollers;
    }

    private static List<NameStatus> statuses(
            AgentConfig config, Memory memory, Instant now, boolean lookAtAll) throws IOException {
        List<NameStatus> all = new ArrayList<>();
        for (NameConfig name : config.names()) {
            all.add(new StatusBuilder(name, now).of(memory, lookAtAll));
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
