package io.holdfast.service.dyndns;

import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import io.holdfast.service.address.Network;
import io.holdfast.service.change.AddressIntent;
import io.holdfast.service.change.Refusal;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a request says about addresses (update-protocol §12).
///
/// The source of the request speaks only for a request that says nothing about addresses, and only
/// for its own family. As soon as anything is said, under whatever name, only what was said and
/// understood is done: one family given leaves the other alone, and what cannot be read is refused,
/// never guessed. A typing error must not publish somebody's proxy.
final class AddressStatement {
    private static final List<String> EITHER = List.of("myip", "ip", "address");
    private static final List<String> IPV4 = List.of("myipv4", "ipv4", "ip4");
    private static final List<String> IPV6 = List.of("myipv6", "myip6", "ipv6", "ip6");
    private static final List<String> PREFIX =
            List.of("ipv6prefix", "ip6lanprefix", "prefix", "praefix");

    /// Parameters that have to do with something else, whatever their values look like.
    private static final Set<String> ABOUT_SOMETHING_ELSE =
            Stream.concat(
                            HostList.PARAMETERS.stream(),
                            Stream.of(
                                    "username",
                                    "user",
                                    "password",
                                    "pass",
                                    "token",
                                    "key",
                                    "system",
                                    "wildcard",
                                    "mx",
                                    "backmx",
                                    "url",
                                    "verbose",
                                    "agent",
                                    "client",
                                    "model",
                                    "version",
                                    "ver",
                                    "firmware"))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());

    /// Names that nobody gives to anything but an address: `wanip`, `ipaddr`, `new_ip4`, `myip[]`.
    private static final Pattern NAMES_AN_ADDRESS =
            Pattern.compile(
                    "((my|your|wan|inet|ext|external|pub|public|new|cur|current|host|client|remote"
                            + "|local|dyn)[_.-]?)?(ip|ipaddr|ipaddress|addr|address)[_.-]?(v?[46])?"
                            + "(addr|address)?(\\[\\d*])?");

    /// deSEC's form for one host of several: `myipv6:h2.dyn.example=...`.
    private static final Pattern FOR_ONE_HOST = Pattern.compile("(my)?ip(v?[46])?:.+");

    private static final Pattern PERHAPS_AN_ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private static final Set<String> YES = Set.of("yes", "true", "1", "on");
    private static final Set<String> NO = Set.of("no", "false", "0", "off", "nochg");

    /// What became of reading.
    sealed interface Reading {
        /// @param echo the addresses of this request as the reply repeats them, IPv4 first; empty
        ///   when it sets none
        /// @param reason what of the request has no effect, for people; may be empty
        record Understood(AddressIntent intent, String echo, String reason) implements Reading {}

        record Refused(Refusal why, String reason) implements Reading {}

        /// The request leaves the address to its source, and that is not known.
        record SourceUnknown() implements Reading {}
    }

    private final Parameters parameters;
    private final FamilyStatement<Inet4Address> ipv4 = new FamilyStatement<>("IPv4");
    private final FamilyStatement<Inet6Address> ipv6 = new FamilyStatement<>("IPv6");
    private final Set<String> remarks = new LinkedHashSet<>();
    private String notKnownYet = "";
    private boolean saidSomething;
    private Reading.@Nullable Refused refused;

    private AddressStatement(Parameters parameters) {
        this.parameters = parameters;
    }

    /// Our side's fault, so a client is told to come again.
    ///
    /// @param parameter where an address can be written
    static Rejection.Fault sourceUnknown(String parameter) {
        return new Rejection.Fault(
                "the proxy in between did not say whose request this is; the address can be sent as "
                        + parameter);
    }

    static Reading read(Parameters parameters, Source source) {
        return new AddressStatement(parameters).read(source);
    }

    private Reading read(Source source) {
        readText();
        boolean offline = isSaid("offline");
        boolean clear = isSaid("clear");
        boolean removesAll = offline || clear;
        readGroup(EITHER, true, true);
        readGroup(IPV4, true, false);
        readGroup(IPV6, false, true);
        readPrefixes();
        refuseFormsForOneHost();
        ipv4.objection().ifPresent(this::refuseAddress);
        ipv6.objection().ifPresent(this::refuseAddress);
        if (refused == null && !saidSomething && !removesAll) {
            refuseUnknownForms();
        }
        if (refused != null) {
            return refused;
        }
        if (removesAll) {
            AddressIntent intent =
                    new AddressIntent(
                            new AddressIntent.Family.Clear<>(), new AddressIntent.Family.Clear<>());
            return new Reading.Understood(intent, "", "");
        }
        if (!saidSomething) {
            if (!source.isClient()) {
                return new Reading.SourceUnknown();
            }
            set(source.address(), "", 0);
        }
        return understood();
    }

    /// A text record is the whole purpose of a request with `txt`, and there is no such feature
    /// here: to do the rest and say `good` would be believed of the text.
    private void readText() {
        List<String> values = parameters.ignoringCase("txt");
        if (values.isEmpty()) {
            return;
        }
        boolean alone =
                Stream.of(EITHER, IPV4, IPV6, PREFIX)
                        .flatMap(List::stream)
                        .allMatch(name ->
                                parameters.ignoringCase(name).stream().allMatch(String::isBlank));
        if (alone || !values.stream().allMatch(String::isBlank)) {
            refuse(Refusal.FEATURE_NOT_OFFERED, "txt: text records are not set by this path");
        }
    }

    private boolean isSaid(String name) {
        boolean yes = false;
        boolean no = false;
        for (String value : parameters.ignoringCase(name)) {
            String word = value.strip().toLowerCase(Locale.ROOT);
            if (YES.contains(word)) {
                yes = true;
            } else if (NO.contains(word) || word.isEmpty()) {
                no |= !word.isEmpty();
            } else {
                mistaken(name, value, "is neither yes nor no");
            }
        }
        if (yes && no) {
            refuseAddress(name + " is both yes and no");
        }
        return yes;
    }

    /// The names of a group mean the same; of those that speak of a family, the first counts.
    private void readGroup(List<String> names, boolean takesIpv4, boolean takesIpv6) {
        boolean both = takesIpv4 && takesIpv6;
        for (String name : names) {
            List<String> values = parameters.ignoringCase(name);
            // An empty myip= says nothing, cameras send it. An empty myipv6= speaks of a family
            // that there is no address of; then the source would be a guess.
            saidSomething |= !values.isEmpty() && !both;
            for (String word : Parameters.items(values)) {
                saidSomething = true;
                switch (AddressWord.of(word)) {
                    case AddressWord.Is(Inet4Address _) when !takesIpv4 ->
                            mistaken(name, word, "is not an IPv6 address");
                    case AddressWord.Is(Inet6Address _) when !takesIpv6 ->
                            mistaken(name, word, "is not an IPv4 address");
                    case AddressWord.Is(var address) -> set(address, name, names.indexOf(name));
                    case AddressWord.Remove() ->
                            say(FamilyStatement.Word.REMOVE, takesIpv4, takesIpv6);
                    case AddressWord.Keep() -> say(FamilyStatement.Word.KEEP, takesIpv4, takesIpv6);
                    case AddressWord.NotKnownYet() ->
                            notKnownYet = name + ": the client has no address yet";
                    case AddressWord.Mistaken(var reason) -> mistaken(name, word, reason);
                }
            }
        }
    }

    private void set(InetAddress address, String name, int rank) {
        String group = IPV4.contains(name) || IPV6.contains(name) ? "one" : "either";
        if (address instanceof Inet4Address four) {
            ipv4.set(four, group, rank);
        } else if (address instanceof Inet6Address six) {
            ipv6.set(six, group, rank);
        }
        if (ipv4.hasSeveral() || ipv6.hasSeveral()) {
            refuse(
                    Refusal.TOO_MANY_ADDRESSES,
                    "a host can have one "
                            + (ipv4.hasSeveral() ? "IPv4" : "IPv6")
                            + " address, not several");
        }
    }

    private void say(FamilyStatement.Word word, boolean ofIpv4, boolean ofIpv6) {
        if (ofIpv4) {
            ipv4.say(word, !ofIpv6);
        }
        if (ofIpv6) {
            ipv6.say(word, !ofIpv4);
        }
    }

    /// A prefix moves the hosts that follow it, and none does so here; it is never an address.
    private void readPrefixes() {
        for (String name : PREFIX) {
            List<String> values = parameters.ignoringCase(name);
            saidSomething |= !values.isEmpty();
            for (String word : Parameters.items(values)) {
                switch (AddressWord.of(word)) {
                    case AddressWord.Keep _, AddressWord.Remove _, AddressWord.NotKnownYet _ -> {}
                    case AddressWord.Is(Inet6Address _) -> remarkPrefix(name);
                    case AddressWord.Mistaken _ when isIpv6Network(word) -> remarkPrefix(name);
                    case AddressWord.Is _ -> mistaken(name, word, "is not an IPv6 prefix");
                    case AddressWord.Mistaken(var reason) ->
                            mistaken(
                                    name,
                                    word,
                                    reason.contains("placeholder")
                                            ? reason
                                            : "is not an IPv6 prefix");
                }
            }
        }
    }

    private void remarkPrefix(String name) {
        remarks.add(name + ": no host follows a prefix here, so it changes nothing");
    }

    private static boolean isIpv6Network(String word) {
        try {
            return word.indexOf('/') > 0 && Network.of(word).first() instanceof Inet6Address;
        } catch (IllegalArgumentException notANetwork) {
            return false;
        }
    }

    private void refuseFormsForOneHost() {
        for (Parameters.Pair pair : parameters.pairs()) {
            if (FOR_ONE_HOST.matcher(pair.name().toLowerCase(Locale.ROOT)).matches()) {
                refuseAddress(quoted(pair.name()) + " is not understood; send one request a host");
            }
        }
    }

    /// The source is not going to speak where an address stands in a form that nobody reads.
    private void refuseUnknownForms() {
        for (Parameters.Pair pair : parameters.pairs()) {
            String name = pair.name().toLowerCase(Locale.ROOT);
            if (ABOUT_SOMETHING_ELSE.contains(name)
                    || EITHER.contains(name)
                    || name.equals("offline")
                    || name.equals("clear")) {
                continue;
            }
            boolean named =
                    name.length() < 40
                            && NAMES_AN_ADDRESS.matcher(name).matches()
                            && !pair.value().isBlank();
            if (named || holdsAddress(pair.name()) || holdsAddress(pair.value())) {
                refuseAddress(quoted(pair.name()) + " is not understood; send the address as myip");
            }
        }
    }

    private static boolean holdsAddress(String text) {
        return PERHAPS_AN_ADDRESS
                .matcher(text)
                .results()
                .anyMatch(found -> found.group().length() > 2 && isAddress(found.group()));
    }

    private static boolean isAddress(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return AddressText.read(bare).isPresent();
    }

    private void mistaken(String name, String value, String reason) {
        refuseAddress(name + ": " + quoted(value) + " " + reason);
    }

    private void refuseAddress(String reason) {
        refuse(Refusal.ADDRESS_NOT_ACCEPTABLE, reason);
    }

    private void refuse(Refusal why, String reason) {
        if (refused == null) {
            refused = new Reading.Refused(why, reason);
        }
    }

    private static String quoted(String text) {
        return '"' + OutsideText.printable(text) + '"';
    }

    private Reading understood() {
        AddressIntent intent = new AddressIntent(ipv4.intent(), ipv6.intent());
        if (intent.leavesAll() && !notKnownYet.isEmpty()) {
            remarks.add(notKnownYet);
        }
        String echo =
                Stream.of(ipv4.address(), ipv6.address())
                        .flatMap(Optional::stream)
                        .map(AddressText::of)
                        .collect(Collectors.joining(","));
        return new Reading.Understood(intent, echo, String.join("; ", remarks));
    }
}
