package io.holdfast.service.store;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.UpdateKey;
import io.holdfast.service.event.ZoneVersion;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import io.holdfast.service.zone.DynamicRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything that a store has.
final class StoredContents implements Contents {
    final List<Account> accounts = new ArrayList<>();
    final List<DeclaredZone> zones = new ArrayList<>();
    final List<UpdateKey> keys = new ArrayList<>();
    final List<FormerSecret> formerSecrets = new ArrayList<>();
    final List<DynamicRecord> dynamic = new ArrayList<>();
    final Map<Long, ZoneVersion> versions = new LinkedHashMap<>();
    final List<String> malformed = new ArrayList<>();

    /// As they are, with what their history says.
    final Map<Name, Host> hosts = new LinkedHashMap<>();

    /// Those of which the history says more than the row.
    final List<Host> newer = new ArrayList<>();

    Host host(String name) {
        return Objects.requireNonNull(hosts.get(Name.of(name)), name);
    }

    @Override
    public void account(Account account) {
        accounts.add(account);
    }

    @Override
    public void zone(DeclaredZone zone) {
        zones.add(zone);
    }

    @Override
    public void key(UpdateKey key) {
        keys.add(key);
    }

    @Override
    public void formerSecret(FormerSecret former) {
        formerSecrets.add(former);
    }

    @Override
    public void dynamic(DynamicRecord dynamicRecord) {
        dynamic.add(dynamicRecord);
    }

    @Override
    public void version(long number, ZoneVersion version) {
        versions.put(number, version);
    }

    @Override
    public void faulty(Name apex, String fault) {
        throw new AssertionError(apex + ": " + fault);
    }

    @Override
    public void malformed(Name apex, String what) {
        malformed.add(what);
    }

    @Override
    public void host(Host host) {
        hosts.put(host.name(), host);
    }

    @Override
    public void newer(Host host) {
        newer.add(host);
        hosts.put(host.name(), host);
    }
}
