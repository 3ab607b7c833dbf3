package io.holdfast.service.change;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.Secrets;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Host;
import io.holdfast.service.host.Standing;
import io.holdfast.service.zone.DeclaredZone;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Hosts that are to be made together, or not at all; every fault is found, not only the first.
final class NewHosts {
    /// More faults than anybody reads.
    private static final int MOST_FAULTS = 100;

    private record Candidate(HostRow row, Name name, HashedSecret secret) {}

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Issued> issued = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private NewHosts() {}

    /// What can be known without the rest of the service; takes its time for many rows, which is
    /// why it is not done on the writer's thread.
    ///
    /// @throws AdministrationException if a name or secret is none, or a name comes twice
    static NewHosts check(List<HostRow> rows, Secrets secrets) throws AdministrationException {
        NewHosts hosts = new NewHosts();
        Set<Name> seen = new HashSet<>();
        for (HostRow row : rows) {
            try {
                Name name = name(row.name());
                if (!seen.add(name)) {
                    throw new IllegalArgumentException(name + " comes twice");
                }
                Issued one = GivenSecret.issue(name.toString(), row.secret(), secrets);
                hosts.issued.add(one);
                hosts.candidates.add(new Candidate(row, name, HashedSecret.of(one.secret())));
            } catch (IllegalArgumentException e) {
                hosts.fault(row, String.valueOf(e.getMessage()));
            }
        }
        hosts.requireFaultless(Kind.INVALID);
        return hosts;
    }

    /// A host must have a name that an update can say.
    private static Name name(String text) {
        return switch (HostName.read(text)) {
            case HostName.Reading.Host(var name) -> name;
            case HostName.Reading.None(var why) ->
                    throw new IllegalArgumentException('"' + text + "\" " + why);
        };
    }

    /// One a row, in order.
    List<Issued> issued() {
        return List.copyOf(issued);
    }

    /// @throws AdministrationException if a name is taken or in no zone, an address or TTL not
    ///   acceptable; then nothing of the batch may be kept
    void stage(Batch batch, Account owner, DeclaredZones zones) throws AdministrationException {
        for (Candidate candidate : candidates) {
            Optional<String> objection = objection(candidate, batch, zones);
            if (objection.isPresent()) {
                fault(candidate.row, objection.get());
                continue;
            }
            try {
                batch.add(host(candidate, batch, owner));
            } catch (IllegalArgumentException e) {
                fault(candidate.row, String.valueOf(e.getMessage()));
            }
        }
        requireFaultless(Kind.CONFLICT);
    }

    private static Host host(Candidate candidate, Batch batch, Account owner) {
        return new Host(
                batch.nextId(),
                candidate.name,
                owner.id(),
                candidate.secret,
                batch.now(),
                candidate.row.ttl(),
                candidate.row.addresses(),
                Standing.FRESH,
                Activity.NONE);
    }

    private static Optional<String> objection(
            Candidate candidate, Batch batch, DeclaredZones zones) {
        Name name = candidate.name;
        if (batch.host(name).isPresent()) {
            return Optional.of(
                    "there is a host named "
                            + name
                            + " already; another secret for it: holdfast host secret "
                            + name);
        }
        Optional<DeclaredZone> zone = zones.closest(name);
        if (zone.isEmpty()) {
            List<Name> apexes = zones.apexes().stream().sorted().toList();
            return Optional.of(
                    apexes.isEmpty()
                            ? name + " needs a zone; start the service with --zone ZONE first"
                            : name + " is in none of the zones served here: " + list(apexes));
        }
        return batch.objectionTo(name, zone.get())
                .map(text -> name + " cannot be a host: " + text)
                .or(() -> unacceptable(candidate.row, zone.get()));
    }

    private static Optional<String> unacceptable(HostRow row, DeclaredZone zone) {
        return Stream.<Optional<? extends InetAddress>>of(
                        row.addresses().ipv4(), row.addresses().ipv6())
                .flatMap(Optional::stream)
                .flatMap(address ->
                        zone.policy().accept().objection(address).stream()
                                .map(text -> AddressText.of(address) + " " + text))
                .findFirst();
    }

    private static String list(List<Name> apexes) {
        String some = String.join(", ", apexes.stream().limit(5).map(Name::toString).toList());
        return apexes.size() > 5 ? some + ", ..." : some;
    }

    private void fault(HostRow row, String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(row.place().isEmpty() ? text : row.place() + ": " + text);
        } else if (faults.size() == MOST_FAULTS) {
            faults.add("and more; these first");
        }
    }

    private void requireFaultless(Kind kind) throws AdministrationException {
        if (!faults.isEmpty()) {
            throw new AdministrationException(kind, faults);
        }
    }
}
