package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.RateLimitedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last updates of each host that were refused, so that an operator can see why; in memory
/// only. Each is also a line in the log, within bounds.
///
/// Anybody can name a host and be refused, so what came with a wrong secret is kept apart: it
/// cannot push out what came with a right one. Of each kind so many hosts are known, and so many
/// refusals of each; the oldest are forgotten first. Safe for any number of threads.
public final class RefusedUpdates {
    /// How many of one host and kind are kept.
    public static final int MOST_OF_A_HOST = 5;

    static final int MOST_HOSTS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedUpdates.class);
    private static final int MOST_LINES = 20;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final int MOST_REASON = 300;

    /// One refusal, or several that are alike.
    ///
    /// @param at the last time
    /// @param times how often
    /// @param code what the client was answered
    /// @param reason for people; holds no secret
    public record Refused(Instant at, long times, Origin origin, String code, String reason) {
        private boolean isLike(Refused other) {
            return origin.equals(other.origin)
                    && code.equals(other.code)
                    && reason.equals(other.reason);
        }
    }

    private final Predicate<Name> isHost;
    private final InstantSource clock;
    private final RateLimitedLog log;
    private final Map<Name, List<Refused>> ofKnown = bounded();
    private final Map<Name, List<Refused>> ofStrangers = bounded();

    /// @param isHost whether there is a host of that name; of others nothing is kept
    public RefusedUpdates(Predicate<Name> isHost, InstantSource clock) {
        this.isHost = isHost;
        this.clock = clock;
        log = new RateLimitedLog(LOG, clock, MOST_LINES, PERIOD);
    }

    /// @param host as it was named
    /// @param known whether who asked had proved who it is
    public void add(Name host, Origin origin, boolean known, String code, String reason) {
        Refused refused = note(host, origin, known, code, reason);
        log.info(
                "update of "
                        + OutsideText.printable(host.toString())
                        + " refused: "
                        + code
                        + (refused.reason.isEmpty() ? "" : ", " + refused.reason)
                        + "; from "
                        + refused.origin.source().getHostAddress()
                        + " by "
                        + origin.front()
                        + (refused.origin.agent().isEmpty()
                                ? ""
                                : ", \"" + refused.origin.agent() + '"'));
    }

    /// The same without a line in the log, for a front that has lines of its own.
    public Refused note(Name host, Origin origin, boolean known, String code, String reason) {
        Refused refused =
                new Refused(
                        clock.instant(),
                        1,
                        new Origin(
                                origin.source(),
                                OutsideText.printable(origin.agent()),
                                origin.front()),
                        code,
                        OutsideText.printable(reason, MOST_REASON));
        if (isHost.test(host)) {
            keep(host, known ? ofKnown : ofStrangers, refused);
        }
        return refused;
    }

    /// Those of a host, newest first.
    public List<Refused> of(Name host) {
        synchronized (this) {
            return Stream.of(ofKnown, ofStrangers)
                    .flatMap(kind -> kind.getOrDefault(host, List.of()).stream())
                    .sorted(Comparator.comparing(Refused::at).reversed())
                    .toList();
        }
    }

    private synchronized void keep(Name host, Map<Name, List<Refused>> kind, Refused refused) {
        // Taken out first, so that the map stays in the order of the last refusal.
        List<Refused> before = kind.remove(host);
        List<Refused> now = new ArrayList<>(MOST_OF_A_HOST);
        long times = 1;
        if (before != null) {
            for (Refused one : before) {
                if (one.isLike(refused)) {
                    times += one.times;
                } else {
                    now.add(one);
                }
            }
        }
        now.addFirst(new Refused(refused.at, times, refused.origin, refused.code, refused.reason));
        kind.put(host, List.copyOf(now.subList(0, Math.min(now.size(), MOST_OF_A_HOST))));
    }

    private static Map<Name, List<Refused>> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Name, List<Refused>> eldest) {
                return size() > MOST_HOSTS;
            }
        };
    }
}
