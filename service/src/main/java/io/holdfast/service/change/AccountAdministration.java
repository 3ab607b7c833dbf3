package io.holdfast.service.change;

import io.holdfast.service.account.Account;
import java.util.List;
import java.util.Optional;

/// What the operator does with accounts. Every method waits until it is done and durable.
public final class AccountAdministration {
    AccountAdministration() {}

    /// @param updateKey taken as it is; made if empty
    public Issued add(String name, Optional<String> email, Optional<String> updateKey)
            throws AdministrationException {
        throw new UnsupportedOperationException();
    }

    /// All accounts, by name.
    public List<Account> list() {
        throw new UnsupportedOperationException();
    }

    /// Removes an account that has no hosts.
    public void remove(String name) throws AdministrationException {
        throw new UnsupportedOperationException();
    }
}
