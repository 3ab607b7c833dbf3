package io.holdfast.service;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent.Family;
import io.holdfast.service.change.ChangeRequest;
import io.holdfast.service.change.Door;
import io.holdfast.service.change.Refusal;
import io.holdfast.service.change.UpdateOutcome;
import io.holdfast.service.host.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A door that keeps addresses in a map: whatever begins with `h` is a host of alice's.
public final class RememberingDoor implements Door {
    /// Everything that was asked for, in order.
    public final List<ChangeRequest> requests = new ArrayList<>();

    /// While set, everything fails with this incident.
    public Optional<String> incident = Optional.empty();

    private final Map<Name, Addresses> hosts = new HashMap<>();

    @Override
    public synchronized CompletableFuture<List<UpdateOutcome>> submit(List<ChangeRequest> wishes) {
        requests.addAll(wishes);
        return CompletableFuture.completedFuture(wishes.stream().map(this::outcome).toList());
    }

    /// The addresses of a host, IPv4 first: `192.0.2.1 2001:db8:0:0:0:0:0:7`, or `none`.
    public synchronized String addressesOf(String host) {
        Addresses now = hosts.getOrDefault(Name.of(host), Addresses.NONE);
        String text =
                now.ipv4().map(InetAddress::getHostAddress).orElse("")
                        + " "
                        + now.ipv6().map(InetAddress::getHostAddress).orElse("");
        return text.isBlank() ? "none" : text.strip();
    }

    private UpdateOutcome outcome(ChangeRequest wish) {
        if (incident.isPresent()) {
            return new UpdateOutcome.Failed(incident.get());
        }
        if (!mayChange(wish)) {
            return new UpdateOutcome.Refused(
                    Refusal.NAME_NOT_YOURS, "no host " + wish.host() + " for this credential");
        }
        Addresses before = hosts.getOrDefault(wish.host(), Addresses.NONE);
        Addresses after =
                new Addresses(
                        wanted(wish.intent().ipv4(), before.ipv4()),
                        wanted(wish.intent().ipv6(), before.ipv6()));
        hosts.put(wish.host(), after);
        return after.equals(before)
                ? new UpdateOutcome.Unchanged(after)
                : new UpdateOutcome.Changed(after);
    }

    private static boolean mayChange(ChangeRequest wish) {
        return switch (wish.by()) {
            case Principal.OfAccount _ -> wish.host().toString().startsWith("h");
            case Principal.OfHost host -> wish.host().equals(Name.of(host.name()));
            case Principal.OfKey _ -> true;
            case Principal.Operator _ -> true;
        };
    }

    private static <A extends InetAddress> Optional<A> wanted(Family<A> wish, Optional<A> before) {
        return switch (wish) {
            case Family.Keep<A> _ -> before;
            case Family.Clear<A> _ -> Optional.empty();
            case Family.SetTo<A>(var address) -> Optional.of(address);
        };
    }
}
