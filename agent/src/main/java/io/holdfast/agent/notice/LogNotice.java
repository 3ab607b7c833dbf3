package io.holdfast.agent.notice;

import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.ProviderReply;
import io.holdfast.agent.round.Decision;
import io.holdfast.agent.round.RoundListener;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.StoredTime;
import io.holdfast.runtime.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Writes the log: outcome, subject, next step; each state of a name once, until it changes. What
/// is not as it should be is said again once a day: whoever looks into the log of today finds it.
public final class LogNotice implements RoundListener {
    /// How long until a trouble that stays is said again.
    private static final Duration AGAIN = Duration.ofDays(1);

    private static final int LONGEST = 2000;

    private final Logger log;
    private final UnaryOperator<String> providerOf;
    private final Map<String, Said> byName = new ConcurrentHashMap<>();

    /// What was said of one name last. Only its own thread uses it.
    private static final class Said {
        private String state = "";
        private Instant at = Instant.EPOCH;
        private String why = "";
        private String reason = "";
        private String failure = "";
        private String trouble = "";
        private Instant troubleAt = Instant.EPOCH;

        /// @param newReason as the decision to wait will repeat it
        /// @param newFailure the same in a whole sentence
        void failed(String newReason, String newFailure) {
            reason = newReason;
            failure = newFailure;
        }
    }

    /// @param providerOf how a name's provider is called in messages
    public LogNotice(Logger log, UnaryOperator<String> providerOf) {
        this.log = log;
        this.providerOf = providerOf;
    }

    @Override
    public void decided(String name, Decision decision, Instant at) {
        Said said = said(name);
        switch (decision) {
            case Decision.Nothing(boolean right, String why, _) -> {
                if (right) {
                    once(Level.INFO, name, "right", why + "; nothing to send", at);
                } else {
                    once(
                            Level.WARN,
                            name,
                            "nothing " + why,
                            why.replace("NAME", name) + "; nothing is sent",
                            at);
                }
            }
            case Decision.Stopped(String word, String why, String mend, Optional<Instant> until) ->
                    once(
                            Level.ERROR,
                            name,
                            "stopped " + word,
                            providerOf.apply(name)
                                    + " "
                                    + why
                                    + until.map(end ->
                                                    "; not trying again before "
                                                            + TimeText.of(end)
                                                            + ": ")
                                            .orElse(
                                                    "; not trying again until the settings change: ")
                                    + mend.replace("NAME", name),
                            at);
            case Decision.Wait(Addresses addresses, Instant until, String why, boolean settling)
                    when settling ->
                    once(
                            Level.INFO,
                            name,
                            "settling " + why,
                            why
                                    + "; "
                                    + addresses
                                    + " is sent in "
                                    + inWords(Duration.between(at, until))
                                    + " if it stays",
                            at);
            case Decision.Wait(Addresses addresses, Instant until, String why, _) -> {
                String failure = why.equals(said.reason) ? said.failure : why;
                once(
                        Level.WARN,
                        name,
                        "wait " + failure + addresses,
                        failure
                                + "; "
                                + addresses
                                + " is to be sent, next try in "
                                + inWords(Duration.between(at, until)),
                        at);
            }
            case Decision.Confirm(_, String why) ->
                    once(Level.INFO, name, "confirm", why + "; asking the DNS first", at);
            case Decision.Send(_, Decision.Reason reason, String why, String warning) -> {
                said.why = reason == Decision.Reason.KEEP_ALIVE ? "" : why;
                if (!warning.isEmpty()) {
                    say(Level.WARN, name, warning);
                }
            }
        }
    }

    @Override
    public void answered(String name, Addresses sent, ProviderReply reply, Instant at) {
        Said said = said(name);
        String provider = providerOf.apply(name);
        switch (reply) {
            case ProviderReply.Accepted(Addresses confirmed) ->
                    right(
                            name,
                            said.why.isEmpty()
                                    ? confirmed + " sent again, so that " + provider + " keeps it"
                                    : "address is now " + said.why);
            case ProviderReply.AlreadyRight(Addresses confirmed) ->
                    right(name, provider + " had " + confirmed + " already (nochg)");
            case ProviderReply.Refused _,
                    ProviderReply.AddressRefused _,
                    ProviderReply.Blocked _ -> {} // the decision that follows says it
            case ProviderReply.Later(String meaning, _) ->
                    said.failed(meaning, provider + " " + meaning);
            case ProviderReply.NotSent(String detail, _) ->
                    said.failed(detail, provider + " could not be reached: " + detail);
            case ProviderReply.Unconfirmed(String detail, _) -> {
                said.failed(detail, provider + ": " + detail);
                once(
                        Level.WARN,
                        name,
                        "confirm",
                        "could not confirm the update at "
                                + provider
                                + " ("
                                + detail
                                + "); it may have taken effect, asking the DNS",
                        at);
            }
        }
    }

    @Override
    public void remembered(String name, Instant at) {
        said(name).trouble = "";
    }

    @Override
    public void trouble(String name, String trouble, Instant at) {
        Said said = said(name);
        if (!said.trouble.equals(trouble) || isLongAgo(said.troubleAt, at)) {
            said.trouble = trouble;
            said.troubleAt = at;
            say(Level.ERROR, name, trouble);
        }
    }

    private void right(String name, String text) {
        said(name).state = "right";
        say(Level.INFO, name, text);
    }

    private void once(Level level, String name, String state, String text, Instant at) {
        Said said = said(name);
        boolean again = level.toInt() >= Level.WARN.toInt() && isLongAgo(said.at, at);
        if (!said.state.equals(state) || again) {
            said.state = state;
            said.at = at;
            say(level, name, text);
        }
    }

    private static boolean isLongAgo(Instant said, Instant at) {
        return StoredTime.isOver(said.plus(AGAIN), at, AGAIN);
    }

    private void say(Level level, String name, String text) {
        // What is remembered may have been written by an earlier version, as it came.
        log.atLevel(level).log("{}: {}", name, OutsideText.printable(text, LONGEST));
    }

    private Said said(String name) {
        return byName.computeIfAbsent(name, _ -> new Said());
    }

    /// Rounded to what matters, as in `10 min`.
    private static String inWords(Duration duration) {
        if (duration.compareTo(Duration.ofHours(2)) >= 0) {
            return duration.toHours() + " h";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) >= 0) {
            return duration.toMinutes() + " min";
        }
        return Math.max(1, duration.toSeconds()) + " s";
    }
}
