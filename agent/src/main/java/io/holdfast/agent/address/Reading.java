package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.net.address.AddressKind;
import io.holdfast.net.address.AddressText;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a page, a file or a program said, made an observation.
///
/// One address of the family is taken, and only where it is clear which: a page that was meant for
/// people, such as the log-in page of a modem or of a hotel, has addresses in its links and
/// scripts. So HTML counts only with the words that Dyn's echo has used since 1999 and that others
/// imitate, `Current IP Address: 192.0.2.7`. Any other text must name one address of the family.
final class Reading {
    private static final Pattern ECHO = Pattern.compile("Current IP Address:([^<\\r\\n]{0,200})");

    /// Elements by which HTML is known, whatever it was declared to be.
    private static final Pattern HTML =
            Pattern.compile(
                    "<(?:!doctype\\s+html|html|head|body|title|meta|link|script|style|iframe|h[1-6]"
                            + "|div|form|table|span|font|center|p|a|b|br)\\b",
                    Pattern.CASE_INSENSITIVE);

    /// How many of several addresses are named in a message.
    private static final int SHOWN = 4;

    private Reading() {}

    /// The address of the family in a text, if it is clear which, and a name may point at it.
    ///
    /// @param where who said so, for people
    static Observation of(String text, Family family, String where) {
        return of(text, false, family, where);
    }

    /// The same for a page.
    ///
    /// @param declaredHtml whether the server said that it is HTML; small programs say so of a bare
    ///   address and of JSON, too
    static Observation of(String text, boolean declaredHtml, Family family, String where) {
        String said = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<MatchResult> echoes = ECHO.matcher(said).results().toList();
        if (!echoes.isEmpty()) {
            String meant =
                    echoes.stream().map(echo -> echo.group(1)).collect(Collectors.joining("\n"));
            return one(AddressesInText.all(meant, family), family, where);
        }
        if (HTML.matcher(said).find() || (declaredHtml && !isData(said.strip()))) {
            return new Observation.NoAddress(
                    where
                            + " is a web page (HTML) without the words \"Current IP Address:\", so no"
                            + " address is taken from it");
        }
        return one(AddressesInText.all(said, family), family, where);
    }

    private static boolean isData(String text) {
        return text.startsWith("{") || text.startsWith("[") || AddressText.read(text).isPresent();
    }

    private static Observation one(List<InetAddress> named, Family family, String where) {
        if (named.isEmpty()) {
            return new Observation.NoAddress(where + " names no " + family + " address");
        }
        if (named.size() > 1) {
            String some =
                    named.stream()
                            .limit(SHOWN)
                            .map(AddressText::of)
                            .collect(Collectors.joining(", "));
            return new Observation.NoAddress(
                    where
                            + " is unclear: it names "
                            + named.size()
                            + " "
                            + family
                            + " addresses ("
                            + some
                            + (named.size() > SHOWN ? ", ..." : "")
                            + "), so none is taken");
        }
        InetAddress address = named.getFirst();
        String said = where + " says " + AddressText.of(address);
        AddressKind kind = AddressKind.of(address);
        return kind.mayBePublished()
                ? new Observation.Seen(address, said)
                : new Observation.NoAddress(said + ", which is " + kind);
    }
}
