package io.holdfast.cli.trial;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.NameConfig;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Catalogue;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.provider.Settings;
import io.holdfast.agent.round.Decision;
import io.holdfast.cli.trial.HopTimer.Step;
import io.holdfast.config.FaultyFileException;
import io.holdfast.service.CannotStartException;
import io.holdfast.service.Service;
import io.holdfast.service.ServiceConfig;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.host.Addresses;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The play: a service, an agent and a host whose address moves, all in this process, on loopback,
/// in a throwaway folder. Every act says what must be seen, looks for it from outside, and fails if
/// it is not there.
public final class Trial implements AutoCloseable {
    private static final String HOST = "home.dyn.test";
    private static final String SECRET = "a-secret-for-the-play";
    private static final String NOISY = "noisy.dyn.test";
    private static final int NEEDLESS_ALLOWED = 3;
    private static final String CONFIGURATION =
            """
            data = "data"
            http = ["127.0.0.1:0"]
            dns = ["127.0.0.1:0"]
            [zone."dyn.test"]
            unchanged-allowed = %d
            unchanged-grace = "0s"
            changed-allowed = 0
            """
                    .formatted(NEEDLESS_ALLOWED);

    /// The play moves its host as fast as it can.
    private static final NameConfig.Habits NOT_DAMPED =
            new NameConfig.Habits(Optional.empty(), Optional.empty(), false);

    /// The longest any act waits for what it must see; each takes milliseconds unless something is
    /// broken.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InstantSource clock = InstantSource.system();
    private final Path folder;
    private final Show show;
    private final HopTimer steps = new HopTimer();
    private final Service service;
    private final NameServer dns;
    private final Wire wire;
    private final MovingHost host = new MovingHost(address(1));
    private final AgentConfig agentConfig;
    private @Nullable Agent agent;
    private int moves = 1;
    private boolean closed;

    /// Sets the stage: a running service with an account and two hosts.
    ///
    /// @param out takes the table
    /// @throws IOException if the temporary folder or a port cannot be had
    public Trial(PrintWriter out) throws IOException {
        show = new Show(out);
        folder = Files.createTempDirectory("holdfast-try");
        Instant began = clock.instant();
        service = startService();
        InetSocketAddress http = service.http().getFirst();
        dns = new NameServer(service.dns().getFirst());
        wire = new Wire(http);
        agentConfig = agentConfiguration();
        show.say(
                "Holdfast on this machine alone: a service, an agent, and a host whose address moves.");
        show.say("");
        show.say(
                "  The service serves dyn.test: HTTP on %s, DNS on %s; ready after %s."
                        .formatted(text(http), text(service.dns().getFirst()), since(began)));
        show.say("  The agent keeps " + HOST + " at its host's address.");
        show.say("");
        if (!dns.addresses(HOST).isEmpty()) {
            throw new IOException("the name has an address before anybody sent one");
        }
    }

    /// Where the same table can be watched in a browser.
    public String livePage() {
        return "http://" + text(service.http().getFirst()) + "/try";
    }

    /// Plays every act.
    ///
    /// @return whether every hop held
    public boolean play() throws InterruptedException {
        show.head();
        boolean held = perform("gets its first address", this::firstAddress);
        for (int i = 0; i < 5; i++) {
            held &= move();
        }
        held &= perform("the agent restarts", this::agentRestarts);
        held &= move();
        held &= perform("a reply is lost on its way", this::replyIsLost);
        held &= perform("a client repeats itself", this::clientRepeatsItself);
        held &= move();
        show.say("");
        return held;
    }

    /// The host gets its next address, and the name has to follow.
    ///
    /// @return whether it did
    public boolean move() throws InterruptedException {
        return perform(
                "moves to " + next().getHostAddress(),
                () -> {
                    Instant moved = clock.instant();
                    InetAddress next = next();
                    moves++;
                    host.moveTo(next);
                    return follow("moves to " + next.getHostAddress(), moved);
                });
    }

    /// Ends everything and removes the throwaway folder. May be called twice, from any thread.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopAgent();
        try {
            wire.close();
            service.close();
            Throwaway.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An act: what was seen, or an exception that says what was not.
    private interface Act {
        Row play() throws InterruptedException, IOException;
    }

    private boolean perform(String what, Act act) throws InterruptedException {
        Row row;
        try {
            steps.clear();
            row = act.play();
        } catch (NotSeenException | IOException failed) {
            row = Row.failed(what, String.valueOf(failed.getMessage()));
        }
        show.add(row);
        return row.held();
    }

    private Row firstAddress() throws InterruptedException, IOException {
        Instant began = clock.instant();
        startAgent();
        return follow("first address " + host.address().getHostAddress(), began);
    }

    /// Follows an address from the host to the DNS.
    private Row follow(String what, Instant moved) throws InterruptedException, IOException {
        Step.Noticed noticed = await(Step.Noticed.class, "the agent noticed nothing");
        Step.Decided decided = await(Step.Decided.class, "the agent decided nothing");
        if (!(decided.decision() instanceof Decision.Send)) {
            throw new NotSeenException("the agent did not send: " + decided.decision());
        }
        Step.Answered answered = await(Step.Answered.class, "the agent got no reply");
        if (!(answered.reply() instanceof ProviderReply.Accepted)) {
            throw new NotSeenException("the service did not accept: " + answered.reply());
        }
        Instant served = awaitServed(host.address());
        await(Step.Remembered.class, "the agent did not remember");
        return Row.of(
                what,
                new Row.Hops(
                        Duration.between(moved, noticed.at()),
                        Duration.between(noticed.at(), decided.at()),
                        Duration.between(decided.at(), answered.at()),
                        Duration.between(answered.at(), served)));
    }

    private Row agentRestarts() throws InterruptedException, IOException {
        int sent = wire.requests();
        stopAgent();
        steps.clear();
        startAgent();
        Step.Decided decided = await(Step.Decided.class, "the agent decided nothing");
        if (!(decided.decision() instanceof Decision.Nothing) || wire.requests() != sent) {
            throw new NotSeenException("it was sent again: " + decided.decision());
        }
        return Row.held(
                "the agent restarts",
                "nothing is sent: it remembers " + host.address().getHostAddress());
    }

    private Row replyIsLost() throws InterruptedException, IOException {
        int sent = wire.requests();
        wire.loseNextReply();
        moves++;
        host.moveTo(address(moves));
        Step.Answered answered = await(Step.Answered.class, "nothing was sent");
        if (!(answered.reply() instanceof ProviderReply.Unconfirmed)) {
            throw new NotSeenException("the agent took silence for " + answered.reply());
        }
        Step.Decided settled = await(Step.Decided.class, "the agent decided nothing");
        while (!(settled.decision() instanceof Decision.Nothing)) {
            settled = await(Step.Decided.class, "the agent never asked DNS");
        }
        awaitServed(host.address());
        if (wire.requests() != sent + 1) {
            throw new NotSeenException("sent " + (wire.requests() - sent) + " times");
        }
        return Row.held(
                "a reply is lost on its way",
                "the agent asks DNS, finds " + host.address().getHostAddress() + ", sends nothing");
    }

    private Row clientRepeatsItself() throws InterruptedException, IOException {
        StringBuilder heard = new StringBuilder();
        try (NoisyClient noisy = new NoisyClient(service.http().getFirst(), NOISY, SECRET)) {
            for (int i = 0; i < NEEDLESS_ALLOWED + 2; i++) {
                heard.append(i == 0 ? "" : " ").append(noisy.tell("192.0.2.99"));
            }
        }
        String expected = "good" + " nochg".repeat(NEEDLESS_ALLOWED) + " abuse";
        if (!heard.toString().equals(expected)) {
            throw new NotSeenException("it heard: " + heard);
        }
        if (!dns.addresses(NOISY).equals(List.of("192.0.2.99"))) {
            throw new NotSeenException("its name lost its address");
        }
        return Row.held("a client repeats itself", heard + "; its name still answers");
    }

    private Instant awaitServed(InetAddress address) throws InterruptedException, IOException {
        Instant end = clock.instant().plus(PATIENCE);
        while (!dns.addresses(HOST).equals(List.of(address.getHostAddress()))) {
            if (clock.instant().isAfter(end)) {
                throw new NotSeenException("DNS does not serve it");
            }
            Thread.sleep(1);
        }
        Instant served = clock.instant();
        show.serves(HOST, address.getHostAddress());
        return served;
    }

    private <S extends Step> S await(Class<S> kind, String otherwise) throws InterruptedException {
        return steps.next(kind, PATIENCE.toMillis())
                .orElseThrow(() -> new NotSeenException(otherwise));
    }

    private Service startService() throws IOException {
        Path file = Files.writeString(folder.resolve("holdfast.toml"), CONFIGURATION);
        try {
            Service started =
                    Service.start(
                            ServiceConfig.read(file),
                            clock,
                            new SecureRandom(),
                            List.of(show.page()));
            started.registry().accounts().add("you", Optional.empty(), Optional.empty());
            started.registry().hosts().add(List.of(row(HOST), row(NOISY)), "you", written -> {});
            return started;
        } catch (FaultyFileException | CannotStartException | AdministrationException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    private static HostRow row(String name) {
        return new HostRow("", name, Optional.of(SECRET), Addresses.NONE, OptionalInt.empty());
    }

    private AgentConfig agentConfiguration() {
        NameConfig name =
                new NameConfig(
                        Catalogue.load().get("dyndns2"),
                        new Host(
                                HOST,
                                URI.create("http://127.0.0.1:" + wire.port()),
                                Settings.login(HOST, SECRET)),
                        Map.of(Family.IPV4, host),
                        Optional.of(service.dns().getFirst()),
                        Optional.empty(),
                        Optional.empty(),
                        NOT_DAMPED);
        return new AgentConfig(folder.resolve("agent-state"), List.of(name), List.of());
    }

    private synchronized void startAgent() throws IOException {
        agent = Agent.start(agentConfig, clock, new SecureRandom(), List.of(steps));
    }

    private synchronized void stopAgent() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }

    private InetAddress next() {
        return address(moves + 1);
    }

    /// The n-th address of the play, out of those set apart for documentation (RFC 5737).
    private static InetAddress address(int n) {
        int block = n / 250 % 2 == 0 ? 113 : 100;
        byte[] octets =
                block == 113
                        ? new byte[] {(byte) 203, 0, 113, (byte) (n % 250 + 1)}
                        : new byte[] {(byte) 198, 51, 100, (byte) (n % 250 + 1)};
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException fourOctetsAreAnAddress) {
            throw new IllegalStateException(fourOctetsAreAnAddress);
        }
    }

    private String since(Instant began) {
        return Show.text(Duration.between(began, clock.instant()));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
