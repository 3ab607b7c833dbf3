package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// dyndns2, as Dyn, No-IP and most others speak it: `hostname` and `myip` in, one return code a
/// host out, in the order of the request.
final class Dyndns2 implements Dialect {
    private static final Set<String> SYSTEMS = Set.of("dyndns", "statdns", "custom", "noip");

    @Override
    public String name() {
        return "dyndns2";
    }

    /// One of them is enough; clients differ.
    @Override
    public Set<String> paths() {
        return Set.of("/nic/update", "/v3/update", "/v2/update", "/update");
    }

    /// Whatever comes: a client that says nothing we know is told so in these words.
    @Override
    public boolean recognises(UpdateRequest request) {
        return true;
    }

    @Override
    public Set<Name> named(UpdateRequest request) {
        return HostList.names(texts(request).stream());
    }

    @Override
    public Credential credential(UpdateRequest request) {
        List<String> hosts = texts(request).stream().limit(HostList.MAX_HOSTS).toList();
        return Credential.of(
                request.headers().values("Authorization"), request.parameters(), hosts);
    }

    @Override
    public Reading read(UpdateRequest request, Principal by) {
        Parameters parameters = request.parameters();
        Optional<String> system = parameters.first("system");
        if (system.isPresent() && !SYSTEMS.contains(system.get())) {
            return rejected(Refusal.NO_SUCH_SYSTEM, "system is one of " + SYSTEMS);
        }
        List<HostList.Entry> hosts = hosts(request, by);
        if (hosts.isEmpty()) {
            return rejected(Refusal.NAME_NOT_QUALIFIED, "hostname is missing");
        }
        if (hosts.size() > HostList.MAX_HOSTS) {
            return rejected(
                    Refusal.TOO_MANY_NAMES,
                    "at most " + HostList.MAX_HOSTS + " hosts in one request");
        }
        Set<Name> names = HostList.names(hosts);
        return switch (AddressStatement.read(parameters, request.source())) {
            case AddressStatement.Reading.Refused(var why, var reason) -> {
                // What is about the request is said once.
                int times = why == Refusal.FEATURE_NOT_OFFERED ? 1 : hosts.size();
                yield new Reading.Rejected(new Rejection.Refused(why, reason, times), names);
            }
            case AddressStatement.Reading.SourceUnknown() ->
                    new Reading.Rejected(AddressStatement.sourceUnknown("myip"), names);
            case AddressStatement.Reading.Understood(var intent, var echo, var remark) ->
                    new Reading.Understood(hosts, intent, echo, remark);
        };
    }

    /// One line a host, always, in request order; but a fault of ours is said once for all.
    @Override
    public Reply render(
            UpdateRequest request, Reading.Understood reading, List<UpdateOutcome> outcomes) {
        boolean leavesAll = reading.intent().leavesAll();
        String tail = reading.echo().isEmpty() ? "" : " " + reading.echo();
        StringBuilder lines = new StringBuilder();
        Reasons reasons = new Reasons(reading.remark());
        for (UpdateOutcome outcome : outcomes) {
            switch (outcome) {
                case UpdateOutcome.Changed _ -> lines.append("good").append(tail).append('\n');
                case UpdateOutcome.Unchanged(var now) ->
                        lines.append("nochg").append(leavesAll ? text(now) : tail).append('\n');
                case UpdateOutcome.Refused(var why, var reason) -> {
                    lines.append(why.word()).append('\n');
                    reasons.add(reason);
                }
                case UpdateOutcome.Failed(var incident) -> {
                    return render(new Rejection.Fault(incident));
                }
            }
        }
        return Reply.of(200, lines.toString(), reasons.text());
    }

    /// `badauth` has no line end, as clients know it from the others (update-protocol §15.2), and
    /// the challenge is what makes GNU wget and urllib send credentials at all.
    @Override
    public Reply render(Rejection rejection) {
        return switch (rejection) {
            case Rejection.Refused(var why, _, int hosts) ->
                    reply((why.word() + "\n").repeat(hosts), rejection);
            case Rejection.BadCredentials _, Rejection.LockedOut _ ->
                    reply(Refusal.BAD_CREDENTIALS.word(), rejection)
                            .with("WWW-Authenticate", "Basic realm=\"Holdfast\"");
            case Rejection.Fault _ -> reply("911\n", rejection);
            case Rejection.MethodNotAllowed _, Rejection.NotRead _ ->
                    reply(Refusal.AGENT_NOT_WELCOME.word() + "\n", rejection);
        };
    }

    private static Reply reply(String body, Rejection why) {
        return Reply.of(why.status(), body, why);
    }

    private static Reading rejected(Refusal why, String reason) {
        return new Reading.Rejected(new Rejection.Refused(why, reason), Set.of());
    }

    private static List<String> texts(UpdateRequest request) {
        return HostList.given(request.parameters()).map(Parameters.Given::values).orElse(List.of());
    }

    /// The hosts that the request names, or else the one whose own secret was presented.
    private static List<HostList.Entry> hosts(UpdateRequest request, Principal by) {
        List<String> named = texts(request);
        if (named.isEmpty() && by instanceof Principal.OfHost host) {
            return List.of(HostList.read(host.name()));
        }
        return named.stream().map(HostList::read).toList();
    }

    private static String text(Addresses now) {
        String text =
                Stream.of(now.ipv4(), now.ipv6())
                        .flatMap(Optional::stream)
                        .map(AddressText::of)
                        .collect(Collectors.joining(","));
        return text.isEmpty() ? "" : " " + text;
    }
}
