package io.holdfast.service.change;

import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.host.Directory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Names of hosts, from memory; for any number of threads.
final class HostNamesInZones implements HostNames {
    private final Directory directory;
    private final DeclaredZones zones;

    HostNamesInZones(Directory directory, DeclaredZones zones) {
        this.directory = directory;
        this.zones = zones;
    }

    @Override
    public List<Name> called(String name) {
        Optional<Name> whole = host(name);
        if (whole.isPresent()) {
            return List.of(whole.get());
        }
        List<Name> found = new ArrayList<>();
        if (zones.apexes().size() <= MOST_ZONES) {
            zones.apexes().forEach(apex -> host(name + "." + apex).ifPresent(found::add));
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    @Override
    public Optional<String> accountOf(Name host) {
        return directory
                .host(host)
                .flatMap(one -> directory.account(one.accountId()))
                .map(Account::name);
    }

    private Optional<Name> host(String text) {
        return HostName.read(text) instanceof HostName.Reading.Host(var name)
                ? directory.host(name).map(_ -> name)
                : Optional.empty();
    }
}
