package io.holdfast.service.admin;

import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.Explanation;
import io.holdfast.service.change.HostAdministration;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.change.Issued;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Host;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What an operator does with hosts.
final class HostDesk {
    private final HostAdministration hosts;

    HostDesk(HostAdministration hosts) {
        this.hosts = hosts;
    }

    /// Tells each host's name and secret.
    void add(Request request, Answer answer) throws AdministrationException {
        Optional<String> secret = request.detail(Detail.SECRET);
        List<HostRow> rows =
                request.names().stream()
                        .map(name ->
                                new HostRow("", name, secret, Addresses.NONE, OptionalInt.empty()))
                        .toList();
        for (Issued issued : hosts.add(rows, account(request), written -> {})) {
            GivenSecrets.warnIfShort(issued, answer);
            answer.result(issued.name() + " " + issued.secret());
        }
    }

    /// Takes the body as a table of hosts; a fault in it and none is made. Tells the secrets that
    /// had to be made.
    void importTable(Request request, Answer answer) throws AdministrationException {
        String file = request.detail(Detail.FILE).orElse("-");
        List<HostRow> rows = HostTable.read(request.body(), file);
        long all = rows.size();
        List<Issued> made =
                hosts.add(
                        rows,
                        account(request),
                        written -> answer.progress(written + " of " + Words.count(all, "host")));
        for (Issued issued : made) {
            if (issued.generated()) {
                answer.result(issued.name() + " " + issued.secret());
            }
        }
        answer.remark(Words.count(all, "host") + " imported from " + file);
    }

    void show(Request request, Answer answer) throws AdministrationException {
        Explanation known = hosts.explain(request.name());
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(HostJson.of(known));
        } else {
            HostWords.show(known).forEach(answer::result);
        }
    }

    void explain(Request request, Answer answer) throws AdministrationException {
        HostWords.explain(hosts.explain(request.name())).forEach(answer::result);
    }

    void list(Request request, Answer answer) throws AdministrationException {
        for (Host host : hosts.list(request.detail(Detail.ACCOUNT))) {
            answer.result(host.name() + " " + HostWords.addresses(host.addresses()));
        }
    }

    void block(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            hosts.block(name);
            answer.remark(name + ": updates are refused from now on; its address stays in DNS");
        }
    }

    void unblock(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            hosts.unblock(name);
            answer.remark(name + ": updates are taken again");
        }
    }

    void remove(Request request, Answer answer) throws AdministrationException {
        for (String name : request.names()) {
            hosts.remove(name);
            answer.remark(name + ": removed, with its address and its history");
        }
    }

    private static String account(Request request) throws AdministrationException {
        return request.detail(Detail.ACCOUNT)
                .orElseThrow(() ->
                        new AdministrationException(Kind.INVALID, "say whose: --account NAME"));
    }
}
