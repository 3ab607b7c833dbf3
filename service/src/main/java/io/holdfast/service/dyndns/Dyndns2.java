package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Gate;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent;
import io.holdfast.service.change.ChangeRequest;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.Origin;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.change.UpdateOutcome;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Answers update requests in the words of dyndns2: who asks, which hosts, which addresses, and
/// after the [Door] has decided, one line a host in the order of the request.
///
/// Safe for any number of threads; blocks none.
public final class Dyndns2 {
    /// The paths that speak these words; one of them is enough, clients differ.
    public static final Set<String> PATHS =
            Set.of("/nic/update", "/v3/update", "/v2/update", "/update");

    /// HEAD is none of them: it must change nothing (RFC 9110 §9.2.1), and its status alone would
    /// be taken for a success.
    public static final Set<String> METHODS = Set.of("GET", "POST");

    /// The same, as the `Allow` header has them.
    public static final String ALLOW = "GET, POST";

    private static final Set<String> SYSTEMS = Set.of("dyndns", "statdns", "custom", "noip");
    private static final String FRONT = "dyndns2";
    private static final int MAX_AGENT = 200; // what an Origin may hold

    private final Gate gate;
    private final Door door;
    private final Set<String> blockedAgents;
    private final RefusedUpdates refusals;

    /// @param blockedAgents User-Agents that are answered `badagent`, compared as a whole
    /// @param refusals is told of every host whose update is refused
    public Dyndns2(Gate gate, Door door, Set<String> blockedAgents, RefusedUpdates refusals) {
        this.gate = gate;
        this.door = door;
        this.blockedAgents = Set.copyOf(blockedAgents);
        this.refusals = refusals;
    }

    /// Completes as the [Door] does; it may complete exceptionally if that breaks its promise.
    public CompletableFuture<Reply> answer(UpdateRequest request) {
        if (!METHODS.contains(request.method())) {
            return done(Reply.methodNotAllowed(ALLOW));
        }
        if (blockedAgents.contains(request.agent())) {
            String why = "this client is not served here";
            stranger(request, List.of(), Refusal.AGENT_NOT_WELCOME.word(), why);
            return done(refused(Refusal.AGENT_NOT_WELCOME, why));
        }
        return switch (Credential.of(request)) {
            case Credential.Absent() -> done(Reply.badCredentials("no credentials were sent"));
            case Credential.Unreadable(var reason) -> done(Reply.badCredentials(reason));
            case Credential.Presented(var anyOf) ->
                    switch (gate.check(anyOf, request.source().address())) {
                        case Gate.Verdict.Known(var principal) -> answer(request, principal);
                        case Gate.Verdict.Wrong() -> {
                            String why = "no such user and secret";
                            stranger(request, anyOf, Refusal.BAD_CREDENTIALS.word(), why);
                            yield done(Reply.badCredentials(why));
                        }
                        case Gate.Verdict.LockedOut(var retryAfter) -> {
                            String why = "no such user and secret, once too often";
                            stranger(request, anyOf, Refusal.BAD_CREDENTIALS.word(), why);
                            yield done(Reply.lockedOut(retryAfter));
                        }
                    };
        };
    }

    private CompletableFuture<Reply> answer(UpdateRequest request, Principal by) {
        Parameters parameters = request.parameters();
        Optional<String> system = parameters.first("system");
        if (system.isPresent() && !SYSTEMS.contains(system.get())) {
            return done(refused(Refusal.NO_SUCH_SYSTEM, "system is one of " + SYSTEMS));
        }
        List<HostList.Entry> hosts = hosts(parameters, by);
        if (hosts.isEmpty()) {
            return done(refused(Refusal.NAME_NOT_QUALIFIED, "hostname is missing"));
        }
        if (hosts.size() > HostList.MAX_HOSTS) {
            return done(
                    refused(
                            Refusal.TOO_MANY_NAMES,
                            "at most " + HostList.MAX_HOSTS + " hosts in one request"));
        }
        return switch (AddressStatement.read(parameters, request.source())) {
            case AddressStatement.Reading.Refused(var why, var reason) -> {
                Origin origin = origin(request);
                names(hosts).forEach(name -> refusals.add(name, origin, true, why.word(), reason));
                // What is about the request is said once.
                int times = why == Refusal.FEATURE_NOT_OFFERED ? 1 : hosts.size();
                yield done(Reply.codes((why.word() + "\n").repeat(times), reason));
            }
            case AddressStatement.Reading.SourceUnknown() -> {
                // Our side's fault, so a client is told to come again.
                String reason =
                        "the proxy in between did not say whose request this is; the address can"
                                + " be sent as myip";
                Origin origin = origin(request);
                names(hosts).forEach(name -> refusals.add(name, origin, true, "911", reason));
                yield done(Reply.fault(reason));
            }
            case AddressStatement.Reading.Understood(var intent, var echo, var remark) ->
                    change(hosts, by, intent, origin(request))
                            .thenApply(o -> o.reply(echo, intent.leavesAll(), remark));
        };
    }

    /// The hosts that the request names, or else the one whose own secret was presented.
    private static List<HostList.Entry> hosts(Parameters parameters, Principal by) {
        Optional<Parameters.Given> given = HostList.given(parameters);
        if (given.isPresent()) {
            return given.get().values().stream().map(HostList::read).toList();
        }
        return by instanceof Principal.OfHost host
                ? List.of(HostList.read(host.name()))
                : List.of();
    }

    /// Asks for each host once, however often it is named.
    private CompletableFuture<HostOutcomes> change(
            List<HostList.Entry> hosts, Principal by, AddressIntent intent, Origin origin) {
        Set<Name> names = names(hosts);
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(HostOutcomes.of(hosts, Map.of()));
        }
        List<ChangeRequest> wishes =
                names.stream().map(name -> new ChangeRequest(name, by, intent, origin)).toList();
        return door.submit(wishes)
                .thenApply(outcomes -> {
                    Map<Name, UpdateOutcome> byName = byName(names, outcomes);
                    byName.forEach((name, outcome) -> tell(name, outcome, by, origin));
                    return HostOutcomes.of(hosts, byName);
                });
    }

    private static Set<Name> names(List<HostList.Entry> hosts) {
        Set<Name> names = new LinkedHashSet<>();
        for (HostList.Entry entry : hosts) {
            if (entry instanceof HostList.Entry.Host(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    private void tell(Name name, UpdateOutcome outcome, Principal by, Origin origin) {
        if (!(outcome instanceof UpdateOutcome.Refused(var why, var reason))) {
            return;
        }
        refusals.add(name, origin, true, why.word(), reason);
        // Whose secret was used for another host will look at its own.
        if (by instanceof Principal.OfHost own && !Name.of(own.name()).equals(name)) {
            refusals.add(Name.of(own.name()), origin, true, why.word(), reason);
        }
    }

    /// Somebody who has not proved to be anybody; the hosts are those that the request names.
    private void stranger(
            UpdateRequest request, List<Gate.Presented> presented, String code, String reason) {
        Set<Name> names = new LinkedHashSet<>();
        HostList.given(request.parameters())
                .ifPresent(given ->
                        given.values().stream()
                                .limit(HostList.MAX_HOSTS)
                                .forEach(text -> addTo(names, text)));
        presented.forEach(one -> one.users().forEach(user -> addTo(names, user)));
        Origin origin = origin(request);
        names.forEach(name -> refusals.add(name, origin, false, code, reason));
    }

    private static void addTo(Set<Name> names, String text) {
        if (HostList.read(text) instanceof HostList.Entry.Host(var name)) {
            names.add(name);
        }
    }

    private static Map<Name, UpdateOutcome> byName(Set<Name> names, List<UpdateOutcome> outcomes) {
        Map<Name, UpdateOutcome> byName = new HashMap<>();
        Iterator<UpdateOutcome> next = outcomes.iterator();
        for (Name name : names) {
            byName.put(name, next.next());
        }
        return byName;
    }

    private static Origin origin(UpdateRequest request) {
        String agent = request.agent();
        return new Origin(
                request.source().address(),
                agent.substring(0, Math.min(agent.length(), MAX_AGENT)),
                FRONT);
    }

    private static Reply refused(Refusal why, String reason) {
        return Reply.code(why.word(), reason);
    }

    private static CompletableFuture<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
