package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A web server that says which address it sees us come from, asked over one family only. All names
/// that ask the same one share this, so that none asks while the server wants to be left alone.
final class CheckIp {
    /// How long a server that answers so is left alone, unless it says itself how long (RFC 6585
    /// section 4, RFC 9110 section 15.5.4).
    private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(30);

    private static final Duration AFTER_FORBIDDEN = Duration.ofHours(1);

    /// Bounds of what a server can ask for. The longest makes sure that a wrong header does not
    /// silence a name for good.
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /// @param end on the scale of the [LongSupplier], which no change of the clock touches
    private record Pause(long end, String why) {}

    private final URI url;
    private final Family family;
    private final CheckIpRequest request;
    private final LongSupplier nanoTime;
    private volatile @Nullable Pause pause;

    /// @param nanoTime as [System#nanoTime]
    CheckIp(URI url, Family family, CheckIpRequest request, LongSupplier nanoTime) {
        this.url = url;
        this.family = family;
        this.request = request;
        this.nanoTime = nanoTime;
    }

    /// Asks, unless the server wants to be left alone. Takes up to [CheckIpRequest#TIMEOUT].
    Observation look() {
        String shown = OutsideText.url(url.toString());
        Pause current = pause;
        if (current != null && current.end - nanoTime.getAsLong() > 0) {
            return unavailable(shown, current.why);
        }
        try {
            CheckIpRequest.Answer answer = request.get(url, family);
            HttpReply reply = answer.reply();
            Optional<Duration> wanted = wantedPause(reply);
            if (wanted.isPresent()) {
                return unavailable(shown, paused(reply.status(), wanted.get()));
            }
            return believed(
                    Reading.of(answer.goodBody(), answer.isHtml(), family, shown), answer.server());
        } catch (IOException e) {
            return unavailable(shown, String.valueOf(e.getMessage()));
        }
    }

    private Observation unavailable(String shown, String why) {
        return new Observation.Unavailable(shown + " over " + family + ": " + why);
    }

    /// The same words until the pause is over, so that they are logged once.
    private String paused(int status, Duration length) {
        String why =
                "answered with status "
                        + status
                        + " and is not asked again for "
                        + length.toSeconds()
                        + " s";
        pause = new Pause(nanoTime.getAsLong() + length.toNanos(), why);
        return why;
    }

    private static Optional<Duration> wantedPause(HttpReply reply) {
        if (reply.status() < 400) {
            return Optional.empty();
        }
        return reply.retryAfter()
                .or(() ->
                        switch (reply.status()) {
                            case 429 -> Optional.of(AFTER_TOO_MANY);
                            case 403 -> Optional.of(AFTER_FORBIDDEN);
                            default -> Optional.empty();
                        })
                .map(wanted -> wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted)
                .map(wanted -> wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted);
    }

    /// A server in the Internet sees nobody come from a private address. One that says so does not
    /// see, or tells of something else.
    static Observation believed(Observation observation, InetAddress server) {
        if (observation instanceof Observation.Seen(InetAddress address, String how)) {
            AddressKind kind = AddressKind.of(address);
            AddressKind from = AddressKind.of(server);
            if (kind.isLocal() && from.mayBePublished() && !from.isLocal()) {
                return new Observation.NoAddress(
                        how
                                + ", which is "
                                + kind
                                + ", and the server at "
                                + AddressText.of(server)
                                + " cannot have seen that");
            }
        }
        return observation;
    }
}
