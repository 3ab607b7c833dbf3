package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.runtime.RateLimitedLog;
import io.holdfast.service.account.Gate;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.ChangeRequest;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.Origin;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.change.UpdateOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/// Answers update requests, in whatever [Dialect]: who asks, what is wanted, and after the [Door]
/// has decided, what became of it.
///
/// Safe for any number of threads; blocks none.
public final class HttpUpdates {
    private static final int MAX_AGENT = 200; // what an Origin may hold

    /// A fault of ours at every update would otherwise be a page of log each.
    private final RateLimitedLog faults =
            new RateLimitedLog(
                    LoggerFactory.getLogger(HttpUpdates.class),
                    InstantSource.system(),
                    10,
                    Duration.ofMinutes(1));

    private final Dialects dialects;
    private final Gate gate;
    private final Door door;
    private final Set<String> blockedAgents;
    private final RefusedUpdates refusals;

    /// @param blockedAgents User-Agents that are not served, compared as a whole
    /// @param refusals is told of every host whose update is refused
    public HttpUpdates(
            Dialects dialects,
            Gate gate,
            Door door,
            Set<String> blockedAgents,
            RefusedUpdates refusals) {
        this.dialects = dialects;
        this.gate = gate;
        this.door = door;
        this.blockedAgents = Set.copyOf(blockedAgents);
        this.refusals = refusals;
    }

    public Dialects dialects() {
        return dialects;
    }

    /// Completes as the [Door] does, and never exceptionally: what breaks is a fault of ours.
    ///
    /// @param dialect the one that recognises the request
    public CompletableFuture<Reply> answer(Dialect dialect, UpdateRequest request) {
        CompletableFuture<Reply> reply;
        try {
            reply = judged(dialect, request);
        } catch (RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        return reply.exceptionally(thrown -> fault(dialect, thrown));
    }

    private Reply fault(Dialect dialect, Throwable thrown) {
        Throwable cause = Objects.requireNonNullElse(thrown.getCause(), thrown);
        faults.error("an update could not be answered", cause);
        return dialect.render(new Rejection.Fault("internal fault"));
    }

    private CompletableFuture<Reply> judged(Dialect dialect, UpdateRequest request) {
        if (!Dialect.METHODS.contains(request.method())) {
            return done(dialect, new Rejection.MethodNotAllowed());
        }
        if (blockedAgents.contains(request.agent())) {
            String why = "this client is not served here";
            stranger(dialect, request, List.of(), Refusal.AGENT_NOT_WELCOME, why);
            return done(dialect, new Rejection.Refused(Refusal.AGENT_NOT_WELCOME, why));
        }
        return switch (dialect.credential(request)) {
            case Credential.Absent() ->
                    done(dialect, new Rejection.BadCredentials("no credentials were sent"));
            case Credential.Unreadable(var reason) ->
                    done(dialect, new Rejection.BadCredentials(reason));
            case Credential.Presented(var anyOf) ->
                    switch (gate.check(anyOf, request.source().address())) {
                        case Gate.Verdict.Known(var principal) ->
                                known(dialect, request, principal);
                        case Gate.Verdict.Wrong() -> {
                            String why = "no such user and secret";
                            stranger(dialect, request, anyOf, Refusal.BAD_CREDENTIALS, why);
                            yield done(dialect, new Rejection.BadCredentials(why));
                        }
                        case Gate.Verdict.LockedOut(var retryAfter) -> {
                            String why = "no such user and secret, once too often";
                            stranger(dialect, request, anyOf, Refusal.BAD_CREDENTIALS, why);
                            yield done(dialect, new Rejection.LockedOut(retryAfter));
                        }
                    };
        };
    }

    private CompletableFuture<Reply> known(Dialect dialect, UpdateRequest request, Principal by) {
        Origin origin = origin(dialect, request);
        return switch (dialect.read(request, by)) {
            case Dialect.Reading.Rejected(var why, var about) -> {
                about.forEach(name -> refusals.add(name, origin, true, code(why), why.reason()));
                yield done(dialect, why);
            }
            case Dialect.Reading.Understood understood ->
                    change(understood, by, origin)
                            .thenApply(outcomes -> dialect.render(request, understood, outcomes));
        };
    }

    /// What operators know a rejection by, whatever the dialect.
    private static String code(Rejection rejection) {
        return switch (rejection) {
            case Rejection.Refused(var why, _, _) -> why.word();
            case Rejection.BadCredentials _, Rejection.LockedOut _ ->
                    Refusal.BAD_CREDENTIALS.word();
            case Rejection.MethodNotAllowed _, Rejection.NotRead _ ->
                    Refusal.AGENT_NOT_WELCOME.word();
            case Rejection.Fault _ -> "911";
        };
    }

    /// Asks for each host once, however often it is named.
    private CompletableFuture<List<UpdateOutcome>> change(
            Dialect.Reading.Understood understood, Principal by, Origin origin) {
        Set<Name> names = understood.names();
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(outcomes(understood.hosts(), Map.of()));
        }
        List<ChangeRequest> wishes =
                names.stream()
                        .map(name -> new ChangeRequest(name, by, understood.intent(), origin))
                        .toList();
        return door.submit(wishes)
                .thenApply(decided -> {
                    Map<Name, UpdateOutcome> byName = byName(names, decided);
                    byName.forEach((name, outcome) -> record(name, outcome, by, origin));
                    return outcomes(understood.hosts(), byName);
                });
    }

    /// @param byName an outcome for each name that could be read
    private static List<UpdateOutcome> outcomes(
            List<HostList.Entry> hosts, Map<Name, UpdateOutcome> byName) {
        List<UpdateOutcome> outcomes = new ArrayList<>(hosts.size());
        for (HostList.Entry entry : hosts) {
            outcomes.add(
                    switch (entry) {
                        case HostList.Entry.NotQualified(var reason) ->
                                new UpdateOutcome.Refused(Refusal.NAME_NOT_QUALIFIED, reason);
                        case HostList.Entry.Host(var name) ->
                                Objects.requireNonNull(byName.get(name));
                    });
        }
        return outcomes;
    }

    private void record(Name name, UpdateOutcome outcome, Principal by, Origin origin) {
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
            Dialect dialect,
            UpdateRequest request,
            List<Gate.Presented> presented,
            Refusal why,
            String reason) {
        Set<Name> names = new LinkedHashSet<>(dialect.named(request));
        presented.forEach(one -> names.addAll(HostList.names(one.users().stream())));
        Origin origin = origin(dialect, request);
        names.forEach(name -> refusals.add(name, origin, false, why.word(), reason));
    }

    private static Map<Name, UpdateOutcome> byName(Set<Name> names, List<UpdateOutcome> outcomes) {
        Map<Name, UpdateOutcome> byName = new HashMap<>();
        Iterator<UpdateOutcome> next = outcomes.iterator();
        for (Name name : names) {
            byName.put(name, next.next());
        }
        return byName;
    }

    private static Origin origin(Dialect dialect, UpdateRequest request) {
        String agent = request.agent();
        return new Origin(
                request.source().address(),
                agent.substring(0, Math.min(agent.length(), MAX_AGENT)),
                dialect.name());
    }

    private static CompletableFuture<Reply> done(Dialect dialect, Rejection why) {
        return CompletableFuture.completedFuture(dialect.render(why));
    }
}
