package io.holdfast.service.admin;

import io.holdfast.config.Durations;
import io.holdfast.dns.Name;
import io.holdfast.service.change.AccountAdministration;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.change.Explanation;
import io.holdfast.service.change.HostAdministration;
import io.holdfast.service.change.HostRow;
import io.holdfast.service.change.Issued;
import io.holdfast.service.change.ZoneAdministration;
import io.holdfast.service.change.ZoneAdministration.Served;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Host;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What an operator does with hosts.
final class HostCommands {
    private final HostAdministration hosts;
    private final AccountAdministration accounts;
    private final ZoneAdministration zones;

    HostCommands(
            HostAdministration hosts, AccountAdministration accounts, ZoneAdministration zones) {
        this.hosts = hosts;
        this.accounts = accounts;
        this.zones = zones;
    }

    /// A host with the text it is sorted by; there may be a million.
    private record Sorted(String key, Host host) {}

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

    /// Tells the host's name and its new secret.
    void secret(Request request, Answer answer) throws AdministrationException {
        Issued issued =
                hosts.changeSecret(
                        request.name(),
                        request.detail(Detail.SECRET),
                        GivenSecrets.overlap(request));
        GivenSecrets.tellChanged(issued, request, answer);
    }

    /// Changes what an operator decides about hosts.
    void set(Request request, Answer answer) throws AdministrationException {
        String ttl =
                request.detail(Detail.TTL)
                        .orElseThrow(() ->
                                new AdministrationException(Kind.INVALID, "say what: --ttl 5m"));
        OptionalInt seconds = seconds(ttl);
        for (String name : request.names()) {
            hosts.setTtl(name, seconds);
            int now = hosts.explain(name).ttl();
            answer.remark(name + ": its records have a TTL of " + now + " s from now on");
        }
    }

    private static OptionalInt seconds(String ttl) throws AdministrationException {
        if (ttl.equals("default") || ttl.equals("zone")) {
            return OptionalInt.empty();
        }
        try {
            long seconds =
                    ttl.matches("[0-9]{1,9}")
                            ? Long.parseLong(ttl)
                            : Durations.parse(ttl).toSeconds();
            return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, seconds));
        } catch (IllegalArgumentException wrong) {
            throw new AdministrationException(
                    Kind.INVALID,
                    "--ttl: "
                            + wrong.getMessage()
                            + "; or the word default, for what its zone says");
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
                        written ->
                                answer.progress(
                                        written + " of " + OperatorText.count(all, "host")));
        for (Issued issued : made) {
            if (issued.generated()) {
                answer.result(issued.name() + " " + issued.secret());
            }
        }
        answer.remark(OperatorText.count(all, "host") + " imported from " + file);
    }

    void show(Request request, Answer answer) throws AdministrationException {
        Explanation known = hosts.explain(request.name());
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(HostJson.of(known));
        } else {
            HostText.show(known).forEach(answer::result);
        }
    }

    void explain(Request request, Answer answer) throws AdministrationException {
        try {
            HostText.explain(hosts.explain(request.name())).forEach(answer::result);
        } catch (AdministrationException refused) {
            if (refused.kind() != Kind.UNKNOWN) {
                throw refused;
            }
            explainOther(OperatorText.name(request.name()), answer);
        }
    }

    /// A name that is no host: the operator's, another server's, or nobody's.
    private void explainOther(Name name, Answer answer) throws AdministrationException {
        Served served =
                zones.at(name)
                        .orElseThrow(() ->
                                new AdministrationException(
                                        Kind.UNKNOWN, NameText.foreign(name, zones.list())));
        NameText.explain(name, served).forEach(answer::result);
        served.problem()
                .ifPresent(why ->
                        answer.remark(
                                served.zone().apex()
                                        + " is not served as it is stored, and its updates fail; "
                                        + why));
    }

    void list(Request request, Answer answer) throws AdministrationException {
        Map<Long, String> names = new HashMap<>();
        accounts.list().forEach(account -> names.put(account.id(), account.name()));
        List<Host> all =
                hosts.list(request.detail(Detail.ACCOUNT)).stream()
                        .map(host ->
                                new Sorted(NaturalOrder.keyOfName(host.name().toString()), host))
                        .sorted(Comparator.comparing(Sorted::key))
                        .map(Sorted::host)
                        .toList();
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(ListJson.hosts(all, names));
            return;
        }
        Table table = new Table("HOST", "ACCOUNT", "ADDRESSES");
        for (Host host : all) {
            table.row(
                    host.name().toString(),
                    names.getOrDefault(host.accountId(), ""),
                    HostText.addresses(host.addresses()));
        }
        table.tell(answer::result);
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
