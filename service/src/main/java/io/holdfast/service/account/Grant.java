package io.holdfast.service.account;

import io.holdfast.dns.Name;
import io.holdfast.dns.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the holder of a key may change, in the spirit of BIND's `update-policy`.
///
/// @param scope which names
/// @param name the host, the top of the subtree, or the zone's apex
/// @param types which types, and how many records of each may stand at one name; empty for the
///   usual: of a host its addresses (one of each family), TXT and DHCID; else every type but those
///   the zone itself is made with (SOA, NS; these only with [Scope#ZONE]) and DNSSEC's
public record Grant(Scope scope, Name name, Map<Type, Integer> types) {
    /// No count.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// Which names a grant is about.
    public enum Scope {
        /// The host itself, and TXT at `_acme-challenge` below it.
        SELF,
        /// The name and everything below it.
        SUBDOMAIN,
        /// Every name of the zone.
        ZONE
    }

    /// Challenges of several certificates at once, each up to two values.
    private static final int MOST_CHALLENGES = 16;

    private static final Map<Type, Integer> OF_A_HOST =
            Map.of(Type.A, 1, Type.AAAA, 1, Type.TXT, 16, Type.DHCID, 1);

    /// SOA and NS.
    private static final Set<Type> OF_THE_ZONE = Set.of(Type.SOA, Type.NS);

    /// RRSIG, NSEC, NSEC3 and NSEC3PARAM follow from the other records.
    private static final Set<Type> DERIVED =
            Set.of(new Type(46), new Type(47), new Type(50), new Type(51));

    private static final Pattern COUNTED = Pattern.compile("([^()]+)(?:\\((\\d{1,5})\\))?");

    public Grant {
        types = Map.copyOf(types);
    }

    public static Grant self(Name host) {
        return new Grant(Scope.SELF, host, Map.of());
    }

    public static Grant zone(Name apex) {
        return new Grant(Scope.ZONE, apex, Map.of());
    }

    /// How many records of a type may stand at a name.
    ///
    /// @return empty if it may not be touched, [#UNLIMITED] where nothing is counted
    public Optional<Integer> limit(Name owner, Type type) {
        if (DERIVED.contains(type)) {
            return Optional.empty();
        }
        return switch (scope) {
            case SELF -> ofHost(owner, type);
            case SUBDOMAIN ->
                    owner.isAtOrBelow(name)
                            ? listed(type, !OF_THE_ZONE.contains(type))
                            : Optional.empty();
            case ZONE -> owner.isAtOrBelow(name) ? listed(type, true) : Optional.empty();
        };
    }

    private Optional<Integer> ofHost(Name owner, Type type) {
        if (owner.equals(name)) {
            return Optional.ofNullable((types.isEmpty() ? OF_A_HOST : types).get(type));
        }
        // RFC 8555 §8.4: whoever has the name may prove it.
        boolean challenge = type.equals(Type.TXT) && names().contains(owner);
        return challenge ? Optional.of(MOST_CHALLENGES) : Optional.empty();
    }

    /// The name itself, and of a host where it proves to be itself.
    ///
    /// @throws IllegalArgumentException if the host's name leaves no room for that
    public List<Name> names() {
        return scope == Scope.SELF
                ? List.of(name, Name.of("_acme-challenge." + name))
                : List.of(name);
    }

    private Optional<Integer> listed(Type type, boolean usual) {
        if (types.isEmpty()) {
            return usual ? Optional.of(UNLIMITED) : Optional.empty();
        }
        return Optional.ofNullable(types.get(type));
    }

    /// Reads types as people list them: `A,AAAA,TXT(5)`.
    ///
    /// @throws IllegalArgumentException naming what is no type, or no count from 1 to 65535
    public static Map<Type, Integer> types(String text) {
        Map<Type, Integer> types = new LinkedHashMap<>();
        for (String word : text.split(",")) {
            Matcher counted = COUNTED.matcher(word.strip());
            int value =
                    counted.matches()
                            ? org.xbill.DNS.Type.value(
                                    counted.group(1).toUpperCase(Locale.ROOT), false)
                            : -1;
            int count =
                    value < 0 || counted.group(2) == null
                            ? UNLIMITED
                            : Integer.parseInt(counted.group(2));
            if (value < 0 || count == 0 || (count > 0xFFFF && count != UNLIMITED)) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" is no record type; write such as A,AAAA,TXT(5)");
            }
            types.put(new Type(value), count);
        }
        return types;
    }

    /// One line: the scope, the name, and the types if they are listed.
    public String text() {
        String listed =
                types.entrySet().stream()
                        .map(e ->
                                e.getValue() == UNLIMITED
                                        ? e.getKey().toString()
                                        : e.getKey() + "(" + e.getValue() + ")")
                        .sorted()
                        .collect(Collectors.joining(","));
        String head = scope.name().toLowerCase(Locale.ROOT) + " " + name;
        return listed.isEmpty() ? head : head + " " + listed;
    }

    /// Takes what [#text] gave.
    ///
    /// @throws IllegalArgumentException for anything else
    public static Grant parse(String text) {
        String[] words = text.split(" ");
        if (words.length < 2 || words.length > 3) {
            throw new IllegalArgumentException("\"" + text + "\" is no grant");
        }
        return new Grant(
                Scope.valueOf(words[0].toUpperCase(Locale.ROOT)),
                Name.of(words[1]),
                words.length == 3 ? types(words[2]) : Map.of());
    }
}
