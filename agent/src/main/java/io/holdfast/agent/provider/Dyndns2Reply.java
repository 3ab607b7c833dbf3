package io.holdfast.agent.provider;

import io.holdfast.agent.address.Family;
import io.holdfast.agent.http.HttpReply;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Understands the reply to one dyndns2 update of one name (update-protocol.md §5 to §7).
///
/// Success is `good` or `nochg` as the first word of every line of a 2xx reply, for the addresses
/// that were sent; everything else is not. Several lines come from servers that answer for each
/// family apart; the worst of them counts.
final class Dyndns2Reply {
    private static final Pattern WAIT = Pattern.compile("w(\\d{1,2})([hms])");
    private static final int LONGEST_QUOTE = 60;

    private final Addresses sent;
    private final Instant now;

    Dyndns2Reply(Addresses sent, Instant now) {
        this.sent = sent;
        this.now = now;
    }

    ProviderReply read(HttpReply reply) {
        List<String> lines = lines(reply.body());
        int status = reply.status();
        Optional<Pause> named = RetryAfter.of(reply, now);
        if (status >= 300 && status < 400) {
            return redirected(reply);
        }
        if (status == 401) {
            return unauthorized(reply, named);
        }
        Optional<ProviderReply> no = isPage(lines) ? Optional.empty() : worstRefusal(lines, named);
        if (no.isPresent()) {
            return no.get();
        }
        if (status >= 200 && status < 300) {
            return reply.fault()
                    .map(fault -> notWhole(reply, fault, named))
                    .or(() -> success(lines))
                    .orElseGet(() -> unclear(quote(lines), pause(reply, named, Pause.FAILING)));
        }
        if (status >= 500) {
            return unclear("HTTP status " + status, pause(reply, named, Pause.FAILING));
        }
        // The server understood enough to say no without a word of the protocol. Nothing changed.
        return new ProviderReply.Later(
                status == 429 ? "is asked too often" : "answered HTTP status " + status,
                pause(reply, named, Pause.REJECTED));
    }

    /// Some servers' scripts begin with a byte order mark.
    private static List<String> lines(String body) {
        return (body.startsWith("\uFEFF") ? body.substring(1) : body)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// Whether the reply does not begin with a word of the protocol: a page for people, one of
    /// whose lines may well begin with "abuse" or "conflict".
    private static boolean isPage(List<String> lines) {
        if (lines.isEmpty()) {
            return false;
        }
        String word = firstWord(lines.getFirst());
        return ReturnCode.of(word).isEmpty()
                && !WAIT.matcher(word).matches()
                && !Set.of("good", "nochg", "911", "dnserr").contains(word);
    }

    /// A 2xx whose body is not all there is never success, whatever the rest of it says.
    private static ProviderReply notWhole(
            HttpReply reply, HttpReply.Fault fault, Optional<Pause> named) {
        Pause usual =
                switch (fault.kind()) {
                    case CUT -> Pause.CONNECTION_LOST;
                    case TIMED_OUT, TOO_LONG, MALFORMED -> Pause.FAILING;
                };
        return new ProviderReply.Unconfirmed(fault.text(), pause(reply, named, usual));
    }

    /// The pause that the reply names, or the usual one. A page for people is hardly the
    /// provider's: somebody stands in the way, and what that one says about time is not the
    /// provider's word. 429 and 503 are, whatever they are dressed in: web servers and load
    /// balancers send them with a page.
    private static Pause pause(HttpReply reply, Optional<Pause> named, Pause usual) {
        boolean page =
                reply.header("content-type").filter(type -> type.contains("html")).isPresent()
                        || reply.body().stripLeading().startsWith("<");
        if (!page) {
            return named.orElse(usual);
        }
        boolean busy = reply.status() == 429 || reply.status() == 503;
        return busy ? named.orElse(Pause.CAPTIVE_PORTAL) : Pause.CAPTIVE_PORTAL;
    }

    private Optional<ProviderReply> worstRefusal(List<String> lines, Optional<Pause> named) {
        Optional<ProviderReply> permanent =
                lines.stream()
                        .map(line -> permanent(line, named))
                        .flatMap(Optional::stream)
                        .findFirst();
        return permanent.or(() ->
                lines.stream()
                        .map(line -> passing(line, named))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private Optional<ProviderReply> permanent(String line, Optional<Pause> named) {
        return ReturnCode.of(firstWord(line)).map(why -> why.reply(line, sent, named));
    }

    private static Optional<ProviderReply> passing(String line, Optional<Pause> named) {
        String word = firstWord(line);
        if (word.equals("911") || word.equals("dnserr")) {
            return Optional.of(
                    new ProviderReply.Later(
                            "is out of order (" + word + ")", named.orElse(Pause.MAINTENANCE)));
        }
        Matcher wait = WAIT.matcher(word);
        if (!wait.matches()) {
            return Optional.empty();
        }
        int amount = Integer.parseInt(wait.group(1));
        Duration length =
                switch (wait.group(2)) {
                    case "h" -> Duration.ofHours(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofSeconds(amount);
                };
        return Optional.of(
                new ProviderReply.Later("asks us to wait (" + word + ")", Pause.named(length)));
    }

    /// What the lines confirm; empty if any of them is not understood or confirms nothing of ours.
    private Optional<ProviderReply> success(List<String> lines) {
        Addresses confirmed = Addresses.NONE;
        boolean changed = false;
        for (String line : lines) {
            String word = firstWord(line);
            if (!word.equals("good") && !word.equals("nochg")) {
                return Optional.empty();
            }
            Optional<Addresses> echoed = echoed(line.substring(word.length()).strip());
            if (echoed.isEmpty()) {
                return Optional.empty();
            }
            Optional<InetAddress> other = otherThanSent(echoed.get());
            if (other.isPresent()) {
                return Optional.of(anotherAddress(line, other.get()));
            }
            changed |= word.equals("good");
            confirmed = join(confirmed, echoed.get().isEmpty() ? sent : echoed.get());
        }
        if (confirmed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                changed
                        ? new ProviderReply.Accepted(confirmed)
                        : new ProviderReply.AlreadyRight(confirmed));
    }

    /// The addresses after the word, joined by commas or spaces; empty if something else is there.
    private static Optional<Addresses> echoed(String text) {
        Addresses echoed = Addresses.NONE;
        for (String one : text.isEmpty() ? new String[0] : text.split("[,\\s]+")) {
            Optional<InetAddress> address = AddressText.read(one);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            echoed = echoed.with(address.get());
        }
        return Optional.of(echoed);
    }

    private Optional<InetAddress> otherThanSent(Addresses echoed) {
        for (InetAddress address : sent.byFamily().values()) {
            Optional<InetAddress> echo = echoed.get(Addresses.familyOf(address));
            if (echo.isPresent() && !echo.get().equals(address)) {
                return echo;
            }
        }
        // Asked about IPv6 alone, and "ignored, bad agent" comes with an IPv4 address.
        return echoed.get(Family.IPV4)
                .filter(InetAddress::isLoopbackAddress)
                .filter(_ -> sent.get(Family.IPV4).isEmpty());
    }

    /// Adds those of `more` that were sent: some servers echo all that the name has.
    private Addresses join(Addresses confirmed, Addresses more) {
        Addresses all = confirmed;
        for (InetAddress address : more.byFamily().values()) {
            if (sent.get(Addresses.familyOf(address)).filter(address::equals).isPresent()) {
                all = all.with(address);
            }
        }
        return all;
    }

    private static ProviderReply anotherAddress(String line, InetAddress other) {
        if (other.isLoopbackAddress()) {
            return new ProviderReply.Refused(
                    "good 127.0.0.1",
                    "ignored the update, as it does with clients that break its rules",
                    "ask the provider why it blocks this client, then: holdfast agent retry NAME");
        }
        return new ProviderReply.AddressRefused(
                firstWord(line),
                "published " + AddressText.of(other) + " in place of what it was sent",
                "it goes by where the request comes from; learn the address the same way (\"web\")",
                Addresses.of(other));
    }

    private static ProviderReply unauthorized(HttpReply reply, Optional<Pause> named) {
        if (named.isPresent()) { // a lock-out that ends by itself
            return new ProviderReply.Later(
                    "lets nobody in from here for a while (401 with Retry-After)", named.get());
        }
        if (reply.fault().filter(HttpReply.Fault::inHead).isPresent()) {
            // Its Retry-After may be among the headers that did not come.
            return new ProviderReply.Later("answered HTTP status 401", Pause.FAILING);
        }
        return new ProviderReply.Refused(
                "badauth", ReturnCode.BADAUTH.meaning("badauth"), ReturnCode.BADAUTH.mend());
    }

    /// Never followed: an update carries a password. It may be a hotel's log-in page, a permanent
    /// one too, so it stops nothing.
    private static ProviderReply redirected(HttpReply reply) {
        String target = "\"" + OutsideText.url(reply.header("location").orElse("nowhere")) + "\"";
        String moved =
                reply.status() == 301 || reply.status() == 308 ? "has moved to " : "sends us to ";
        return new ProviderReply.Later(
                moved + target + ", where no password goes; if that is right, write it as server",
                Pause.CAPTIVE_PORTAL);
    }

    private static ProviderReply unclear(String what, Pause pause) {
        return new ProviderReply.Unconfirmed("it answered " + what, pause);
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static String quote(List<String> lines) {
        if (lines.isEmpty()) {
            return "nothing";
        }
        return "\"" + OutsideText.printable(lines.getFirst(), LONGEST_QUOTE) + "\"";
    }
}
