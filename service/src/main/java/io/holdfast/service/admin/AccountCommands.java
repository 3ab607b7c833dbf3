package io.holdfast.service.admin;

import io.holdfast.service.account.Account;
import io.holdfast.service.change.AccountAdministration;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.Issued;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What an operator does with accounts.
final class AccountCommands {
    private final AccountAdministration accounts;

    AccountCommands(AccountAdministration accounts) {
        this.accounts = accounts;
    }

    /// Tells the account's name and its update key.
    void add(Request request, Answer answer) throws AdministrationException {
        Optional<String> given = request.detail(Detail.SECRET);
        Issued issued = accounts.add(request.name(), request.detail(Detail.EMAIL), given);
        GivenSecrets.warnIfShort(issued, answer);
        answer.result(issued.name() + " " + issued.secret());
        if (issued.generated()) {
            answer.remark(
                    "this update key is shown only now, only its hash is kept; another one later:"
                            + " holdfast account key "
                            + issued.name());
        }
    }

    /// Tells the account's name and its new update key.
    void key(Request request, Answer answer) throws AdministrationException {
        Issued issued =
                accounts.changeKey(
                        request.name(),
                        request.detail(Detail.SECRET),
                        GivenSecrets.overlap(request));
        GivenSecrets.tellChanged(issued, request, answer);
    }

    void list(Request request, Answer answer) {
        List<Account> all =
                accounts.list().stream()
                        .sorted(Comparator.comparing(account -> NaturalOrder.key(account.name())))
                        .toList();
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(ListJson.accounts(all, accounts::formerKeyUntil));
            return;
        }
        Table table = new Table("ACCOUNT", "EMAIL", "OLD KEY GOOD UNTIL");
        for (Account account : all) {
            table.row(
                    account.name(),
                    account.email().orElse(""),
                    accounts.formerKeyUntil(account).map(OperatorText::time).orElse(""));
        }
        table.tell(answer::result);
    }

    void remove(Request request, Answer answer) throws AdministrationException {
        accounts.remove(request.name());
        answer.remark("account " + request.name() + " is removed");
    }
}
