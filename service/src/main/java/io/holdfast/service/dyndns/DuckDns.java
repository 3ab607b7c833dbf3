package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.HostNames;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// DuckDNS (duckdns.org/spec.jsp): `domains` and `token` in, `OK` or `KO` out, one word for the
/// whole request. Its clients look at the word and compare it as a whole, so there is no line end,
/// and a refusal is 200 as well (update-protocol §2).
///
/// ```
/// /update?domains=NAME[,NAME]&token=TOKEN[&ip=][&ipv6=][&verbose=true][&clear=true]
/// /update/NAME/TOKEN[/IP]
/// ```
///
/// The token is a host's secret or its account's update key. A name may leave out its zone: then it
/// is the one host below any zone here that the token may change. As there is but one word, nothing
/// is done unless every name is such a host. What is said of addresses is read as dyndns2 reads it.
final class DuckDns implements Dialect {
    private static final String PATH = "/update";
    private static final String BELOW = "/update/*";
    private static final List<String> DOMAINS = List.of("domains");
    private static final int SHOWN = 60;

    private final HostNames hosts;

    DuckDns(HostNames hosts) {
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "duckdns";
    }

    @Override
    public Set<String> paths() {
        return Set.of(PATH, BELOW);
    }

    @Override
    public boolean recognises(UpdateRequest request) {
        if (!request.path().equals(PATH)) {
            int parts = below(request).length;
            return parts == 2 || parts == 3;
        }
        Parameters parameters = request.parameters();
        return parameters.has("domains")
                && parameters.has("token")
                && !parameters.has("hostname")
                && !parameters.has("Hostname");
    }

    /// Of the forms by path only hosts that there are: where name and token have changed places,
    /// the name that is not known is the secret.
    @Override
    public Set<Name> named(UpdateRequest request) {
        boolean knownOnly = !request.path().equals(PATH);
        return HostList.names(
                domains(parameters(request)).stream()
                        .limit(HostList.MAX_HOSTS)
                        .filter(domain -> !knownOnly || !hosts.called(domain).isEmpty())
                        .flatMap(this::meant)
                        .map(HostList::read)
                        .toList());
    }

    @Override
    public Credential credential(UpdateRequest request) {
        Parameters parameters = parameters(request);
        List<String> users = new ArrayList<>();
        domains(parameters).stream()
                .limit(HostList.MAX_HOSTS)
                .flatMap(domain -> hosts.called(domain).stream())
                .forEach(host -> {
                    users.add(host.toString());
                    hosts.accountOf(host).ifPresent(users::add);
                });
        return Credential.of(
                request.headers().values("Authorization"),
                parameters,
                users.stream().distinct().toList());
    }

    @Override
    public Reading read(UpdateRequest request, Principal by) {
        Parameters parameters = parameters(request);
        List<String> domains = domains(parameters);
        if (domains.isEmpty()) {
            return rejected(Refusal.NAME_NOT_QUALIFIED, "domains is empty", Set.of());
        }
        if (domains.size() > HostList.MAX_HOSTS) {
            return rejected(
                    Refusal.TOO_MANY_NAMES,
                    "at most " + HostList.MAX_HOSTS + " hosts in one request",
                    Set.of());
        }
        List<HostList.Entry> entries = new ArrayList<>();
        for (String domain : domains) {
            List<Name> own = hosts.called(domain).stream().filter(host -> isOf(host, by)).toList();
            if (own.size() != 1) {
                return rejected(
                        own.isEmpty() ? Refusal.NAME_NOT_YOURS : Refusal.NAME_NOT_QUALIFIED,
                        whichOf(domain, own),
                        named(request));
            }
            entries.add(new HostList.Entry.Host(own.getFirst()));
        }
        Set<Name> names = HostList.names(entries);
        return switch (AddressStatement.read(parameters, request.source())) {
            case AddressStatement.Reading.Refused(var why, var reason) ->
                    rejected(why, reason, names);
            case AddressStatement.Reading.SourceUnknown() ->
                    new Reading.Rejected(AddressStatement.sourceUnknown("ip"), names);
            case AddressStatement.Reading.Understood(var intent, var echo, var remark) ->
                    new Reading.Understood(entries, intent, echo, remark);
        };
    }

    @Override
    public Reply render(
            UpdateRequest request, Reading.Understood reading, List<UpdateOutcome> outcomes) {
        boolean changed = false;
        boolean refused = false;
        Addresses first = null;
        Reasons reasons = new Reasons(reading.remark());
        for (UpdateOutcome outcome : outcomes) {
            switch (outcome) {
                case UpdateOutcome.Changed(var now) -> {
                    changed = true;
                    first = first == null ? now : first;
                }
                case UpdateOutcome.Unchanged(var now) -> first = first == null ? now : first;
                case UpdateOutcome.Refused(_, var reason) -> {
                    refused = true;
                    reasons.add(reason);
                }
                case UpdateOutcome.Failed(var incident) -> {
                    return render(new Rejection.Fault(incident));
                }
            }
        }
        if (refused || first == null) {
            return Reply.of(200, "KO", reasons.text());
        }
        boolean verbose =
                parameters(request).first("verbose").filter("true"::equalsIgnoreCase).isPresent();
        return Reply.of(200, verbose ? verbose(first, changed) : "OK", reasons.text());
    }

    /// The same body for everything: whoever knows `OK` and `KO` knows no third word.
    @Override
    public Reply render(Rejection rejection) {
        boolean word = rejection instanceof Rejection.BadCredentials;
        return Reply.of(word ? 200 : rejection.status(), "KO", rejection);
    }

    /// Four lines; one without an address is empty.
    private static String verbose(Addresses now, boolean changed) {
        return Stream.of(
                        "OK",
                        now.ipv4().map(AddressText::of).orElse(""),
                        now.ipv6().map(AddressText::of).orElse(""),
                        changed ? "UPDATED" : "NOCHANGE")
                .collect(Collectors.joining("\n"));
    }

    /// The names that a domain may mean; itself where it means no host.
    private Stream<String> meant(String domain) {
        List<Name> known = hosts.called(domain);
        return known.isEmpty() ? Stream.of(domain) : known.stream().map(Name::toString);
    }

    private boolean isOf(Name host, Principal by) {
        return switch (by) {
            case Principal.OfHost own -> Name.of(own.name()).equals(host);
            case Principal.OfAccount account ->
                    hosts.accountOf(host).filter(account.name()::equals).isPresent();
            case Principal.OfKey _, Principal.Operator _ -> false; // neither comes by HTTP
        };
    }

    private static String whichOf(String domain, List<Name> own) {
        String shown = '"' + OutsideText.printable(domain, SHOWN) + '"';
        return own.isEmpty()
                ? "no host " + shown + " for this credential"
                : shown
                        + " is one of "
                        + own.stream().map(Name::toString).collect(Collectors.joining(", "))
                        + "; write the whole name";
    }

    private static List<String> domains(Parameters parameters) {
        return parameters.list(DOMAINS).map(Parameters.Given::values).orElse(List.of());
    }

    /// Those of the path come first.
    private static Parameters parameters(UpdateRequest request) {
        if (request.path().equals(PATH)) {
            return request.parameters();
        }
        String[] parts = below(request);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("domains", decoded(parts[0])));
        fields.add(Map.entry("token", decoded(parts[1])));
        if (parts.length == 3) {
            fields.add(Map.entry("ip", decoded(parts[2])));
        }
        return Parameters.ofFields(fields).and(request.parameters());
    }

    /// `NAME`, `TOKEN`, and perhaps `IP`.
    private static String[] below(UpdateRequest request) {
        return request.path().substring(PATH.length() + 1).split("/", -1);
    }

    /// A decoded path still has these two as they came; else a slash would be the end of a part.
    private static String decoded(String part) {
        return part.replace("%2F", "/").replace("%2f", "/").replace("%25", "%");
    }

    private static Reading rejected(Refusal why, String reason, Set<Name> about) {
        return new Reading.Rejected(new Rejection.Refused(why, reason), about);
    }
}
