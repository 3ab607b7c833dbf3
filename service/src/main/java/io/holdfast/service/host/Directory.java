package io.holdfast.service.host;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Account;
import io.holdfast.service.account.Credentials;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.KeyRing;
import io.holdfast.service.account.Principal;
import io.holdfast.service.account.UpdateKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every account, host and TSIG key as last committed, in memory.
///
/// Any number of threads may read; one thread writes. What stands here is durable, or may be lost
/// without harm (counters of what was not counted).
public final class Directory implements Credentials, KeyRing {
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<Long, Account> accountsById = new ConcurrentHashMap<>();
    private final Map<Name, Host> hosts;

    /// For each name with hosts below it the names one label below that are hosts or have some
    /// below.
    private final Map<Name, Set<Name>> below = new ConcurrentHashMap<>();

    private final Map<Long, FormerSecret> formerSecrets = new ConcurrentHashMap<>();
    private final Map<Name, UpdateKey> keys = new ConcurrentHashMap<>();

    public Directory() {
        this(new ConcurrentHashMap<>());
    }

    /// @param hosts holds them; empty, and safe for any number of threads
    public Directory(Map<Name, Host> hosts) {
        this.hosts = hosts;
    }

    public Optional<Account> account(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    public Optional<Account> account(long id) {
        return Optional.ofNullable(accountsById.get(id));
    }

    public Optional<Host> host(Name name) {
        return Optional.ofNullable(hosts.get(name));
    }

    @Override
    public Optional<UpdateKey> key(Name name) {
        return Optional.ofNullable(keys.get(name));
    }

    /// All TSIG keys, in no order; a view.
    public Collection<UpdateKey> keys() {
        return Collections.unmodifiableCollection(keys.values());
    }

    /// All accounts, in no order; a view.
    public Collection<Account> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    /// All hosts, in no order; a view.
    public Collection<Host> hosts() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    public void put(Account account) {
        accounts.put(account.name(), account);
        accountsById.put(account.id(), account);
    }

    public void put(Host host) {
        if (hosts.put(host.name(), host) == null) {
            addBelow(host.name());
        }
    }

    /// The secret that a host or an account had before, if it may still be good.
    public Optional<FormerSecret> formerSecret(long owner) {
        return Optional.ofNullable(formerSecrets.get(owner));
    }

    public void put(FormerSecret former) {
        formerSecrets.put(former.owner(), former);
    }

    /// Nothing happens if another one has taken its place.
    public void remove(FormerSecret former) {
        formerSecrets.remove(former.owner(), former);
    }

    public void put(UpdateKey key) {
        keys.put(key.key().name(), key);
    }

    public void remove(UpdateKey key) {
        keys.remove(key.key().name());
    }

    public void remove(Account account) {
        formerSecrets.remove(account.id());
        accounts.remove(account.name());
        accountsById.remove(account.id());
    }

    public void remove(Host host) {
        formerSecrets.remove(host.id());
        if (hosts.remove(host.name()) != null) {
            removeBelow(host.name());
        }
    }

    /// Whether any host is at or below a name; looks at one entry, however many hosts there are.
    public boolean hasHostAtOrBelow(Name top) {
        return hosts.containsKey(top) || below.containsKey(top);
    }

    /// The hosts at or below a name, in no order; looks at no others.
    public List<Host> hostsAtOrBelow(Name top) {
        List<Host> found = new ArrayList<>();
        Deque<Name> names = new ArrayDeque<>();
        names.add(top);
        while (!names.isEmpty()) {
            Name name = names.removeLast();
            Host host = hosts.get(name);
            if (host != null) {
                found.add(host);
            }
            names.addAll(below.getOrDefault(name, Set.of()));
        }
        return found;
    }

    /// Some host at or below a name; takes a step for each label.
    public Optional<Host> anyHostAtOrBelow(Name top) {
        Name name = top;
        while (!hosts.containsKey(name)) {
            Iterator<Name> next = below.getOrDefault(name, Set.of()).iterator();
            if (!next.hasNext()) {
                return Optional.empty();
            }
            name = next.next();
        }
        return host(name);
    }

    /// A name that gets its first entry below becomes one itself for the name above it: so adding
    /// to a thousand neighbours takes one step each.
    private void addBelow(Name added) {
        Name name = added;
        while (!name.equals(Name.ROOT)) {
            Name above = name.parent();
            Set<Name> entries = below.computeIfAbsent(above, _ -> ConcurrentHashMap.newKeySet());
            if (!entries.add(name) || entries.size() > 1) {
                return;
            }
            name = above;
        }
    }

    private void removeBelow(Name removed) {
        Name name = removed;
        while (!name.equals(Name.ROOT) && !hasHostAtOrBelow(name)) {
            Name above = name.parent();
            Set<Name> entries = below.get(above);
            if (entries == null || !entries.remove(name) || !entries.isEmpty()) {
                return;
            }
            below.remove(above);
            name = above;
        }
    }

    @Override
    public Optional<Credential> ofAccount(String name) {
        return account(name)
                .map(a ->
                        new Credential(
                                new Principal.OfAccount(a.id(), name),
                                a.updateKey(),
                                formerSecret(a.id())));
    }

    @Override
    public Optional<Credential> ofHost(Name name) {
        return host(name)
                .map(host ->
                        new Credential(
                                new Principal.OfHost(host.id(), name.toString()),
                                host.secret(),
                                formerSecret(host.id())));
    }
}
