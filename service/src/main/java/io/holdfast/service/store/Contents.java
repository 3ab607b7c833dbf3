package io.holdfast.service.store;

import io.holdfast.service.account.Account;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;

/// Receives everything stored, row by row: accounts first, then zones, then hosts.
public interface Contents {
    void account(Account account);

    void zone(DeclaredZone zone);

    void host(Host host);
}
