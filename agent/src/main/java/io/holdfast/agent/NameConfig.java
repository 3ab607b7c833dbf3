package io.holdfast.agent;

import io.holdfast.agent.address.AddressSource;
import io.holdfast.agent.address.Family;
import io.holdfast.agent.address.Pace;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.ProviderFacts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// One `[[name]]`: a name, who publishes it, and where its addresses are learnt.
///
/// @param host the name itself, at its provider's server, and the settings there
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

    /// The most demanding provider known wants a name updated every 5 to 6 days; Dyn allows 28.
    static final Duration SHORTEST_KEEP_ALIVE = Duration.ofDays(5);

    public NameConfig {
        sources = Map.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "ipv4 and ipv6 are both off; say where an address is learnt, as in"
                            + " ipv4 = \"default-route\"");
        }
        Collection<AddressSource> polled = sources.values();
        poll.ifPresent(every -> checkedPoll(every, polled));
        keepAlive.ifPresent(NameConfig::checkedKeepAlive);
    }

    /// The same, if each of the sources may be looked at so often.
    static Duration checkedPoll(Duration every, Collection<AddressSource> sources) {
        atLeast("poll", every, Pace.SHORTEST);
        for (AddressSource source : sources) {
            Duration least = source.pace().shortest();
            if (every.compareTo(least) < 0) {
                throw new IllegalArgumentException(
                        "poll is shorter than "
                                + DurationText.of(least)
                                + ", the least there is for "
                                + source.describe());
            }
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
