package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One commit of which a test says only what it is about.
final class Transaction {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final long lastId;
    private final List<Event> events = new ArrayList<>();

    /// @param lastId the highest id given to anything so far
    Transaction(long lastId) {
        this.lastId = lastId;
    }

    Transaction adds(Account account, Host... hosts) {
        events.add(new Event.AccountAdded(account));
        Arrays.stream(hosts).map(Event.HostAdded::new).forEach(events::add);
        return this;
    }

    Transaction counts(Host host) {
        events.add(new Event.RepeatCounted(host));
        return this;
    }

    Transaction removes(Host host) {
        events.add(new Event.HostRemoved(host));
        return this;
    }

    Transaction records(HostEntry entry) {
        events.add(new Event.AddressesChanged(entry));
        return this;
    }

    void commitTo(Store store) throws StoreException {
        Commit commit = new Commit(store.lastCommit() + 1, NOW, events);
        store.append(commit, lastId, Checkpoint.NONE, _ -> {});
    }
}
