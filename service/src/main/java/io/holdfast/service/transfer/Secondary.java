package io.holdfast.service.transfer;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.service.transfer.SecondaryStatus.Problem;
import io.holdfast.service.transfer.SecondaryStatus.Version;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One zone at one secondary: has it notified of new versions, and watches it follow.
///
/// ```
///            new version                    confirmed                seen to serve it
///   quiet ───────────────► notification ──────────────► watching ──────────────────────► quiet
///             at once, but    │      ▲                     │ asked for its SOA, soon, then
///             one a second    └──────┘                     │ less and less often, at last
///                          no answer: again                └─────────────► quiet, with a problem
///                          after 1 s, 2 s, ... 60 s
/// ```
///
/// A new version begins anew from wherever it is. After [#MOST_ATTEMPTS] without an answer it waits
/// for the next version: a secondary that comes back asks by itself (RFC 1996 §4.3).
final class Secondary {
    /// The least time between two notifications.
    static final Duration PACE = Duration.ofSeconds(1);

    static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    /// About five minutes in all.
    static final int MOST_ATTEMPTS = 10;

    static final Duration FIRST_LOOK = Duration.ofMillis(20);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// About two minutes in all.
    static final int MOST_LOOKS = 14;

    private final Name zone;
    private final InetSocketAddress server;
    private final SecondaryClient client;
    private final Supplier<Optional<RRset>> soa;
    private final InstantSource clock;
    private final CoalescingTimer notification;
    private final CoalescingTimer look;

    private boolean dismissed;
    private boolean notifying;
    private boolean newer;
    private int attempts;
    private Instant mayNotify = Instant.MIN;
    private int looks;
    private int expected;

    private @Nullable Version notified;
    private @Nullable Version acknowledged;
    private @Nullable Version asked;
    private @Nullable Version fetched;
    private @Nullable Version seen;
    private @Nullable Problem problem;

    /// @param soa of the version served now
    Secondary(
            Name zone,
            InetSocketAddress server,
            SecondaryClient client,
            Supplier<Optional<RRset>> soa,
            Timer timer,
            InstantSource clock) {
        this.zone = zone;
        this.server = server;
        this.client = client;
        this.soa = soa;
        this.clock = clock;
        this.notification = new CoalescingTimer(timer, clock, this::inform);
        this.look = new CoalescingTimer(timer, clock, this::look);
    }

    /// There is a new version. Waits for nobody.
    synchronized void newVersion() {
        attempts = 0;
        newer = true;
        if (!notifying) {
            notification.noLaterThan(mayNotify);
        }
    }

    /// It is told nothing any more, nor watched.
    synchronized void dismiss() {
        dismissed = true;
    }

    /// It asked for a transfer.
    ///
    /// @param serial of the version it has, if it said so
    synchronized void asked(Optional<Integer> serial) {
        serial.ifPresent(has -> asked = new Version(has, clock.instant()));
    }

    /// It was sent a version as a whole, or the steps to it.
    synchronized void fetched(int serial) {
        fetched = new Version(serial, clock.instant());
        watch(serial);
    }

    synchronized void failed(String what) {
        problem = new Problem(what, clock.instant());
    }

    InetSocketAddress server() {
        return server;
    }

    synchronized SecondaryStatus status(int serial) {
        return new SecondaryStatus(
                zone,
                server,
                serial,
                Optional.ofNullable(notified),
                Optional.ofNullable(acknowledged),
                Optional.ofNullable(asked),
                Optional.ofNullable(fetched),
                Optional.ofNullable(seen),
                Optional.ofNullable(problem));
    }

    private void inform() {
        synchronized (this) {
            if (notifying || dismissed) {
                return;
            }
            notifying = true;
            newer = false;
            attempts++;
            mayNotify = clock.instant().plus(PACE);
        }
        Optional<RRset> current = soa.get(); // after `newer` is taken back: a later one rings again
        Optional<String> objection = Optional.of("is not notified: there is no such zone any more");
        try {
            if (current.isPresent()) {
                objection = client.inform(server, current.get());
            }
        } finally {
            informed(current, objection);
        }
    }

    private synchronized void informed(Optional<RRset> told, Optional<String> objection) {
        notifying = false;
        Instant now = clock.instant();
        told.ifPresent(version -> notified = new Version(serialOf(version), now));
        if (objection.isEmpty()) {
            attempts = 0;
            acknowledged = notified;
            told.ifPresent(version -> watch(serialOf(version)));
        } else {
            problem = new Problem(objection.get(), now);
        }
        if (dismissed) {
            return;
        }
        if (newer) {
            notification.noLaterThan(mayNotify);
        } else if (objection.isPresent() && attempts < MOST_ATTEMPTS) {
            notification.noLaterThan(now.plus(doubled(FIRST_RETRY, attempts - 1, LONGEST_RETRY)));
        }
    }

    private void look() {
        if (isDismissed()) {
            return;
        }
        Optional<Integer> serial = client.serial(server, zone);
        synchronized (this) {
            Instant now = clock.instant();
            serial.ifPresent(served -> sawServed(served, now));
            looks++;
            if (isAtLeast(expected)) {
                problem = null;
            } else if (looks < MOST_LOOKS) {
                look.noLaterThan(now.plus(doubled(FIRST_LOOK, looks, LONGEST_PAUSE)));
            } else if (acknowledged != null && !isAtLeast(acknowledged.serial())) {
                problem = new Problem("was told of the new version and does not serve it", now);
            }
        }
    }

    private synchronized boolean isDismissed() {
        return dismissed;
    }

    private void sawServed(int serial, Instant now) {
        if (seen == null || seen.serial() != serial) {
            seen = new Version(serial, now);
        }
    }

    /// It should be seen to serve that soon.
    private void watch(int serial) {
        expected = serial;
        looks = 0;
        look.noLaterThan(clock.instant().plus(FIRST_LOOK));
    }

    private boolean isAtLeast(int serial) {
        return seen != null && !Serial.isNewer(serial, seen.serial());
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(times, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private static int serialOf(RRset soa) {
        return Soa.of(soa.rdata().getFirst()).serial();
    }
}
