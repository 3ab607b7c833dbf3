package io.holdfast.service.admin;

import io.holdfast.service.account.Account;
import io.holdfast.service.change.AccountAdministration;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.Issued;
import java.util.Optional;

/// What an operator does with accounts.
final class AccountDesk {
    private final AccountAdministration accounts;

    AccountDesk(AccountAdministration accounts) {
        this.accounts = accounts;
    }

    /// Tells the account's name and its update key.
    void add(Request request, Answer answer) throws AdministrationException {
        Optional<String> given = request.detail(Detail.SECRET);
        Issued issued = accounts.add(request.name(), request.detail(Detail.EMAIL), given);
        GivenSecrets.warnIfShort(issued, answer);
        answer.result(issued.name() + " " + issued.secret());
        if (issued.generated()) {
            answer.remark("this update key is shown only now; only its hash is kept");
        }
    }

    void list(Answer answer) {
        for (Account account : accounts.list()) {
            answer.result(account.name() + account.email().map(mail -> " " + mail).orElse(""));
        }
    }

    void remove(Request request, Answer answer) throws AdministrationException {
        accounts.remove(request.name());
        answer.remark("account " + request.name() + " is removed");
    }
}
