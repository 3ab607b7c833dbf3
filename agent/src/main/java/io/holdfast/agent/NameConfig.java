package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.ProviderFacts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One `[[name]]`: a name, who publishes it, and where its addresses are learnt.
///
/// @param host the name itself, at its provider's server, and the credentials there
/// @param sources of the families that are not `off`; at least one
/// @param resolver the DNS server (`HOST:PORT`) asked when it must be known what is published; the
///   system's if empty. Best is the zone's own: it has no cache
/// @param poll how often a source without events is looked at; each kind has its own if empty
/// @param keepAlive how long after the last update an unchanged address is sent again; never if
///   empty
/// @param habits how it is updated
public record NameConfig(
        ProviderFacts provider,
        Host host,
        Map<Family, AddressSource> sources,
        Optional<InetSocketAddress> resolver,
        Optional<Duration> poll,
        Optional<Duration> keepAlive,
        Habits habits) {
    /// How a name is updated.
    ///
    /// @param takesPrivate whether private addresses are sent; if empty, only to a server that is
    ///   itself at one
    /// @param together whether both families go in one request; empty if the provider's facts
    ///   decide
    /// @param damped whether a line that flaps is held back; not for `agent.toml` to say
    public record Habits(
            Optional<Boolean> takesPrivate, Optional<Boolean> together, boolean damped) {
        /// What holds for a name whose table says nothing of it.
        public static final Habits USUAL = new Habits(Optional.empty(), Optional.empty(), true);
    }

    /// More often than that is load for nothing.
    static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

    /// Dyn's rule for address echoes (update-protocol.md §8).
    static final Duration SHORTEST_WEB_POLL = Duration.ofMinutes(10);

    /// The most demanding provider known wants a name updated every 5 to 6 days; Dyn allows 28.
    static final Duration SHORTEST_KEEP_ALIVE = Duration.ofDays(5);

    public NameConfig {
        sources = Map.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "ipv4 and ipv6 are both off; say where an address is learnt, as in"
                            + " ipv4 = \"default-route\"");
        }
        boolean web = asksTheWeb(sources);
        poll.ifPresent(every -> checkedPoll(every, web));
        keepAlive.ifPresent(NameConfig::checkedKeepAlive);
    }

    /// Whether one of the sources asks an address echo.
    static boolean asksTheWeb(Map<Family, AddressSource> sources) {
        return sources.values().stream().anyMatch(s -> s.describe().startsWith("web"));
    }

    /// The same, if it may be.
    ///
    /// @param web whether an address echo is asked
    static Duration checkedPoll(Duration every, boolean web) {
        atLeast("poll", every, SHORTEST_POLL);
        if (web) {
            atLeast("poll of a web source", every, SHORTEST_WEB_POLL);
        }
        return every;
    }

    /// The same, if it may be.
    static Duration checkedKeepAlive(Duration every) {
        atLeast("keep-alive", every, SHORTEST_KEEP_ALIVE);
        return every;
    }

    /// Whether private addresses are sent to its provider. May look up the server's name.
    boolean takesPrivate() {
        return habits.takesPrivate().orElseGet(host::hasPrivateServer);
    }

    /// Whether both families go in one request.
    boolean together() {
        return habits.together().orElse(provider.together());
    }

    /// The name: lower case, without the last dot.
    public String name() {
        return host.name();
    }

    private static void atLeast(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    key + " is shorter than " + DurationText.of(least) + ", the least there is");
        }
    }
}
