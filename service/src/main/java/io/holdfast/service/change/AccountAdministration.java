package io.holdfast.service.change;

import io.holdfast.service.account.Account;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.Secrets;
import io.holdfast.service.host.Directory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the operator does with accounts. Every method waits until it is done and durable.
public final class AccountAdministration {
    private final Writer writer;
    private final Directory directory;
    private final Secrets secrets;

    AccountAdministration(Writer writer, Directory directory, Secrets secrets) {
        this.writer = writer;
        this.directory = directory;
        this.secrets = secrets;
    }

    /// @param updateKey taken as it is; made if empty
    public Issued add(String name, Optional<String> email, Optional<String> updateKey)
            throws AdministrationException {
        try {
            Issued issued = GivenSecret.issue(name, updateKey, secrets);
            HashedSecret hash = HashedSecret.of(issued.secret());
            Account checked = new Account(0, name, email, hash);
            return writer.perform(batch -> {
                if (batch.account(name).isPresent()) {
                    throw AdministrationException.conflict(
                            "there is an account named " + name + " already");
                }
                batch.add(new Account(batch.nextId(), name, checked.email(), hash));
                return issued;
            });
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// All accounts, by name.
    public List<Account> list() {
        return directory.accounts().stream().sorted(Comparator.comparing(Account::name)).toList();
    }

    /// Removes an account that has no hosts.
    public void remove(String name) throws AdministrationException {
        writer.perform(batch -> {
            Account account = require(batch.account(name), name);
            long hosts =
                    directory.hosts().stream()
                            .filter(host -> host.accountId() == account.id())
                            .count();
            if (hosts > 0) {
                throw AdministrationException.conflict(
                        "account "
                                + name
                                + " still has "
                                + hosts
                                + (hosts == 1 ? " host" : " hosts")
                                + "; remove them first: holdfast host list --account "
                                + name);
            }
            batch.remove(account);
            return account;
        });
    }

    static Account require(Optional<Account> account, String name) throws AdministrationException {
        return account.orElseThrow(() ->
                AdministrationException.unknown(
                        "no account named "
                                + name
                                + "; make it with: holdfast account add "
                                + name));
    }
}
