package io.holdfast.service.admin;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.NameInZone;
import io.holdfast.service.change.ZoneAdministration.Served;
import io.holdfast.service.zone.DeclaredZone;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A name that is no host, explained to people: whose its records are, or where they are.
final class NameText {
    /// How many names one line tells.
    private static final int MOST_NAMES = 5;

    private NameText() {}

    /// @throws AdministrationException if there is nothing at the name, saying so
    static List<String> explain(Name name, Served served) throws AdministrationException {
        Name apex = served.zone().apex();
        return switch (served.name()) {
            case NameInZone.Records records -> records(name, served.zone(), records);
            case NameInZone.Delegated(RRset ns) ->
                    List.of(
                            name
                                    + " is not of the zone "
                                    + apex
                                    + " itself: "
                                    + ns.owner()
                                    + " is delegated to "
                                    + texts(ns).collect(Collectors.joining(", "))
                                    + "; ask there");
            case NameInZone.Redirected(RRset dname) ->
                    List.of(
                            name
                                    + " is not in the zone "
                                    + apex
                                    + " itself: all below "
                                    + dname.owner()
                                    + " is redirected to "
                                    + texts(dname).collect(Collectors.joining(", "))
                                    + " (DNAME)");
            case NameInZone.FromWildcard(Name wildcard) ->
                    List.of(
                            name
                                    + " is not in the zone "
                                    + apex
                                    + " itself: the wildcard "
                                    + wildcard
                                    + " answers for it; see: holdfast explain '"
                                    + wildcard
                                    + "'");
            case NameInZone.EmptyNonTerminal() ->
                    List.of(
                            name
                                    + " has no records in the zone "
                                    + apex
                                    + "; it exists because names below it have some");
            case NameInZone.Missing() -> throw nothing(missing(name, apex));
            case NameInZone.Unserved() ->
                    throw nothing(
                            name
                                    + " is in the zone "
                                    + apex
                                    + ", which is not served: "
                                    + served.problem().orElse("the log says why"));
        };
    }

    private static AdministrationException nothing(String words) {
        return new AdministrationException(Kind.UNKNOWN, words);
    }

    private static String missing(Name name, Name apex) {
        boolean mayBeAHost =
                HostName.read(name.toString()) instanceof HostName.Reading.Host
                        && !apex.isAtOrBelow(Name.of("arpa"));
        return "the zone "
                + apex
                + " has no name "
                + name
                + (mayBeAHost
                        ? "; make it a host with: holdfast host add " + name + " --account NAME"
                        : "");
    }

    /// The three questions about records that no host has.
    private static List<String> records(Name name, DeclaredZone zone, NameInZone.Records there) {
        Set<Type> following =
                there.rrsets().stream()
                        .map(RRset::type)
                        .filter(type -> !there.own().contains(type))
                        .filter(type -> !there.updated().contains(type))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Type> written =
                zone.records().stream()
                        .filter(rrset -> rrset.owner().equals(name))
                        .map(RRset::type)
                        .filter(there.own()::contains)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Type> completed = new LinkedHashSet<>(there.own());
        completed.removeAll(written);

        Sources sources = new Sources(there.rrsets().size());
        sources.add(written, source(zone), next(zone));
        sources.add(
                completed,
                "Every zone needs it, and the operator's records do not have it.",
                "It stays until the operator's records have it.");
        sources.add(
                there.updated(),
                "A DNS update (RFC 2136) signed with a key put it there.",
                "It stays until another update changes it.");
        sources.add(following, pointed(there.rrsets()), "It changes when the hosts' addresses do.");
        return List.of(
                name + ", " + kind(there) + " in the zone " + zone.apex(),
                "What is there?        "
                        + there.rrsets().stream()
                                .flatMap(rrset -> texts(rrset).map(t -> rrset.type() + " " + t))
                                .collect(Collectors.joining("; ")),
                "Why?                  " + sources.why,
                "What happens next?    " + sources.next);
    }

    /// Where the records of a name come from, each source with its types if there are several.
    private static final class Sources {
        private final int all;
        private final StringBuilder why = new StringBuilder();
        private final StringBuilder next = new StringBuilder();

        /// @param all how many types there are
        Sources(int all) {
            this.all = all;
        }

        void add(Set<Type> types, String reason, String future) {
            if (types.isEmpty()) {
                return;
            }
            String which =
                    types.size() == all
                            ? ""
                            : types.stream()
                                            .map(Type::toString)
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + ": ";
            append(why, which, reason);
            append(next, which, future);
        }

        private static void append(StringBuilder text, String which, String sentence) {
            text.append(text.isEmpty() ? "" : " ").append(which);
            text.append(
                    which.isEmpty()
                            ? sentence
                            : sentence.substring(0, 1).toLowerCase(Locale.ROOT)
                                    + sentence.substring(1));
        }
    }

    private static String kind(NameInZone.Records there) {
        if (!there.own().isEmpty()) {
            return "the operator's own name";
        }
        return there.updated().isEmpty()
                ? "the reverse name of an address that hosts have"
                : "a name put by a dynamic update";
    }

    /// The hosts that a PTR RRset follows from are its data.
    private static String pointed(List<RRset> rrsets) {
        List<String> hosts =
                rrsets.stream()
                        .filter(rrset -> rrset.type().equals(Type.PTR))
                        .flatMap(rrset -> rrset.rdata().stream())
                        .map(rdata -> Name.fromWire(rdata.toWire(), 0).toString())
                        .toList();
        return "It follows from the address of "
                + hosts.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (hosts.size() > MOST_NAMES ? " and " + (hosts.size() - MOST_NAMES) + " more" : "")
                + ".";
    }

    /// What to say of a name in none of the zones.
    static String foreign(Name name, List<DeclaredZone> zones) {
        String served =
                zones.isEmpty()
                        ? "no zone is served here"
                        : "they are "
                                + zones.stream()
                                        .limit(MOST_NAMES)
                                        .map(zone -> zone.apex().toString())
                                        .collect(Collectors.joining(", "))
                                + (zones.size() > MOST_NAMES
                                        ? " and " + (zones.size() - MOST_NAMES) + " more"
                                        : "");
        return name
                + " is in none of the zones served here ("
                + served
                + "); who serves it is shown by: dig +trace "
                + name;
    }

    private static String source(DeclaredZone zone) {
        return zone.recordsFile()
                .map(file -> "It is read from " + file + ".")
                .orElse("It was imported (holdfast zone import).");
    }

    private static String next(DeclaredZone zone) {
        return zone.recordsFile().isPresent()
                ? "It stays until that file says otherwise and is read again: holdfast zone reload "
                        + zone.apex()
                : "It stays until other records are imported.";
    }

    private static Stream<String> texts(RRset rrset) {
        return rrset.rdata().stream().map(rdata -> text(rrset.type(), rdata));
    }

    private static String text(Type type, Rdata rdata) {
        try {
            return org.xbill.DNS.Record.newRecord(
                            org.xbill.DNS.Name.root,
                            type.value(),
                            org.xbill.DNS.DClass.IN,
                            0,
                            rdata.toWire())
                    .rdataToString();
        } catch (RuntimeException unknown) {
            return rdata.toString();
        }
    }
}
