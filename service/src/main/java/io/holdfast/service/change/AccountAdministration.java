package io.holdfast.service.change;

import io.holdfast.service.account.Account;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.account.HashedSecret;
import io.holdfast.service.account.Secrets;
import io.holdfast.service.host.Directory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the operator does with accounts. Every method waits until it is done and durable.
public final class AccountAdministration {
    private final Writer writer;
    private final Directory directory;
    private final Secrets secrets;
    private final InstantSource clock;

    AccountAdministration(
            Writer writer, Directory directory, Secrets secrets, InstantSource clock) {
        this.writer = writer;
        this.directory = directory;
        this.secrets = secrets;
        this.clock = clock;
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
                            "there is an account named "
                                    + name
                                    + " already; another update key for it: holdfast account key "
                                    + name);
                }
                batch.add(new Account(batch.nextId(), name, checked.email(), hash));
                return issued;
            });
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// Gives an account another update key. The one it has stays good until the new one is used,
    /// and no longer than the overlap.
    ///
    /// @param given taken as it is; made if empty
    /// @param overlap at most [FormerSecret#LONGEST]
    public Issued changeKey(String name, Optional<String> given, Duration overlap)
            throws AdministrationException {
        requirePossible(overlap);
        try {
            Issued issued = GivenSecret.issue(name, given, secrets);
            HashedSecret hash = HashedSecret.of(issued.secret());
            return writer.perform(batch -> {
                Account account = require(batch.account(name), name);
                Account next = new Account(account.id(), name, account.email(), hash);
                batch.rekey(account, next, batch.now().plus(overlap));
                return issued;
            });
        } catch (IllegalArgumentException e) {
            throw AdministrationException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// A secret whose successor has been used is good no more: at once here, and for later starts
    /// as soon as that is written.
    void end(FormerSecret former) {
        directory.remove(former);
        writer.end(former);
    }

    /// Until when the key that an account had before is good, if it still is.
    public Optional<Instant> formerKeyUntil(Account account) {
        Instant now = clock.instant();
        return directory
                .formerSecret(account.id())
                .filter(former -> former.isGood(now))
                .map(FormerSecret::until);
    }

    static void requirePossible(Duration overlap) throws AdministrationException {
        if (overlap.compareTo(FormerSecret.LONGEST) > 0) {
            throw AdministrationException.invalid(
                    "an old secret may stay good for at most "
                            + FormerSecret.LONGEST.toDays()
                            + " days");
        }
    }

    /// The account with an id, if there is one.
    public Optional<Account> byId(long id) {
        return directory.account(id);
    }

    /// All accounts, by name.
    public List<Account> list() {
        return directory.accounts().stream().sorted(Comparator.comparing(Account::name)).toList();
    }

    public int count() {
        return directory.accounts().size();
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
                                + ", listed by: holdfast host list --account "
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
