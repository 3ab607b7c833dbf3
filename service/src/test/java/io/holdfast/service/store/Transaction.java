package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Changes.Recorded;
import io.holdfast.service.store.Changes.Settlement;
import java.util.List;
import java.util.Map;

/// One transaction of which a test says only what it is about; the rest of it is empty.
final class Transaction {
    private final long lastId;
    private List<Account> accounts = List.of();
    private List<Host> added = List.of();
    private List<Host> changed = List.of();
    private List<Host> removed = List.of();
    private List<Recorded> history = List.of();
    private Settlement settlement = Settlement.NONE;

    /// @param lastId the highest id given to anything so far
    Transaction(long lastId) {
        this.lastId = lastId;
    }

    Transaction adds(Account account, Host... hosts) {
        accounts = List.of(account);
        added = List.of(hosts);
        return this;
    }

    Transaction changes(Host host) {
        changed = List.of(host);
        return this;
    }

    Transaction removes(Host host) {
        removed = List.of(host);
        return this;
    }

    Transaction records(Recorded entry) {
        history = List.of(entry);
        return this;
    }

    Transaction settles(Settlement late) {
        settlement = late;
        return this;
    }

    void commitTo(Store store) throws StoreException {
        Changes changes =
                new Changes(
                        lastId,
                        accounts,
                        List.of(),
                        added,
                        changed,
                        removed,
                        history,
                        settlement,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Changes.Secrets.NONE,
                        List.of(),
                        List.of(),
                        Map.of());
        store.commit(changes, _ -> {});
    }
}
