package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What became of the hosts of a request, and how that is told.
///
/// @param outcomes one for each host as the request names them, repetitions included
record HostOutcomes(List<UpdateOutcome> outcomes) {

    /// @param byName an outcome for each name that could be read
    static HostOutcomes of(List<HostList.Entry> hosts, Map<Name, UpdateOutcome> byName) {
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
        return new HostOutcomes(outcomes);
    }

    /// One line a host, always, in request order; but a fault of ours is said once for all.
    ///
    /// @param echo what follows `good` and `nochg`; may be empty
    /// @param leavesAll whether the request leaves both families alone; then what the host has
    ///   follows
    /// @param remark what of the request had no effect; may be empty
    Reply reply(String echo, boolean leavesAll, String remark) {
        String tail = echo.isEmpty() ? "" : " " + echo;
        StringBuilder lines = new StringBuilder();
        StringBuilder reasons = new StringBuilder(remark);
        for (UpdateOutcome outcome : outcomes) {
            switch (outcome) {
                case UpdateOutcome.Changed _ -> lines.append("good").append(tail).append('\n');
                case UpdateOutcome.Unchanged(var now) ->
                        lines.append("nochg").append(leavesAll ? text(now) : tail).append('\n');
                case UpdateOutcome.Refused(var why, var reason) -> {
                    lines.append(why.word()).append('\n');
                    explain(reasons, reason);
                }
                case UpdateOutcome.Failed(var incident) -> {
                    return Reply.fault(incident);
                }
            }
        }
        return Reply.codes(lines.toString(), reasons.toString());
    }

    private static String text(Addresses now) {
        String text =
                Stream.of(now.ipv4(), now.ipv6())
                        .flatMap(Optional::stream)
                        .map(AddressText::of)
                        .collect(Collectors.joining(","));
        return text.isEmpty() ? "" : " " + text;
    }

    private static void explain(StringBuilder reasons, String reason) {
        if (reasons.indexOf(reason) < 0) {
            reasons.append(reasons.isEmpty() ? "" : "; ").append(reason);
        }
    }
}
