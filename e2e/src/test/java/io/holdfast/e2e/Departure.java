package io.holdfast.e2e;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Where Holdfast says something else than most other servers, on purpose.
enum Departure {
    /// RFC 1034 §4.3.2, step 3a: "change QNAME to the canonical name in the CNAME RR, and go back
    /// to step 1", and step 1 [2] is to "search the available zones for the zone which is the
    /// nearest ancestor to QNAME". BIND and Knot stay in the zone they began in; NSD goes on, too.
    FOLLOWS_ALIASES_INTO_ITS_OTHER_ZONES {
        @Override
        boolean covers(Question question, Said ours, Said theirs) {
            return ours.answer().containsAll(theirs.answer())
                    && owners(ours).anyMatch(owner -> !apex(owner).equals(apex(question.name())));
        }
    },

    /// RFC 6672 §3.2, step 3c: a DNAME whose target is below its owner is followed anew each time,
    /// and the name grows until it is too long: nothing says when to stop. BIND says SERVFAIL after
    /// 11 turns, Knot stops after 5, NSD after 1; Holdfast after 16, as for CNAMEs.
    STOPS_LATER_IN_A_DNAME_INTO_ITSELF {
        @Override
        boolean covers(Question question, Said ours, Said theirs) {
            return question.name()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".dnameself.nasty.test.")
                    && ours.rcode().equals("NOERROR")
                    && ours.answer().containsAll(theirs.answer());
        }
    },

    /// RFC 1035 §4.1.4: "Programs are free to avoid using pointers in messages they generate,
    /// although this will reduce datagram capacity". Owners are compressed, names in data are not.
    DOES_NOT_COMPRESS_NAMES_IN_DATA {
        @Override
        boolean covers(Question question, Said ours, Said theirs) {
            return ours.truncated() && ours.truncated(false).equals(theirs);
        }
    };

    /// The zones asked about, the nearest to a name first.
    private static final List<String> APEXES =
            List.of("child.nasty.test.", "nasty.test.", "other.test.", "empty.test.");

    /// Whether this is what explains a difference.
    ///
    /// @param theirs what most others say
    abstract boolean covers(Question question, Said ours, Said theirs);

    private static Stream<Name> owners(Said said) {
        return Stream.of(said.answer(), said.authority())
                .flatMap(NavigableSet::stream)
                .map(line -> name(line.substring(0, line.indexOf(' '))));
    }

    private static String apex(Name name) {
        return APEXES.stream().filter(apex -> name.subdomain(name(apex))).findFirst().orElse("");
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
