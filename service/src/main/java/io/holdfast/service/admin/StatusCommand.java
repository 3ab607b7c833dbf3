package io.holdfast.service.admin;

import io.holdfast.service.change.HostAdministration.Count;
import io.holdfast.service.change.Registry;
import io.holdfast.service.transfer.SecondaryStatus;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Whether a service runs on the data folder and where, what the folder holds, and what is wrong.
final class StatusCommand {
    private final Registry registry;
    private final Optional<RunningService> service;

    /// @param service the one that runs, if one does
    StatusCommand(Registry registry, Optional<RunningService> service) {
        this.registry = registry;
        this.service = service;
    }

    void tell(Request request, Answer answer) {
        int zones = registry.declaredZones().list().size();
        int accounts = registry.accounts().count();
        Count hosts = registry.hosts().count();
        Optional<List<SecondaryStatus>> secondaries = service.map(RunningService::secondaries);
        List<String> problems = problems(zones, secondaries.orElse(List.of()));
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(json(zones, hosts, accounts, secondaries, problems));
            return;
        }
        answer.result(service.isPresent() ? "the service runs" : "no service runs");
        service.ifPresent(running -> {
            answer.result("  dns          " + String.join(", ", running.dns()));
            answer.result("  http         " + String.join(", ", running.http()));
        });
        answer.result("  zones        " + zones);
        answer.result(
                "  hosts        %d, %d with an address, %d blocked"
                        .formatted(hosts.all(), hosts.addressed(), hosts.blocked()));
        answer.result("  accounts     " + accounts);
        secondaries.ifPresent(all ->
                answer.result("  secondaries  " + all.size() + ", " + behind(all) + " behind"));
        answer.result("  problems     " + (problems.isEmpty() ? "none" : problems.getFirst()));
        problems.stream().skip(1).forEach(one -> answer.result("               " + one));
    }

    private List<String> problems(int zones, List<SecondaryStatus> secondaries) {
        List<String> problems = new ArrayList<>();
        if (zones == 0) {
            problems.add("no zone is served; add one with: holdfast zone add NAME");
        }
        ZoneProblems.of(registry.declaredZones())
                .forEach((apex, all) -> all.forEach(what -> problems.add(apex + ": " + what)));
        secondaries.stream()
                .filter(one -> one.problem().isPresent())
                .forEach(one -> problems.add(SecondaryText.of(one)));
        return problems;
    }

    private static long behind(List<SecondaryStatus> secondaries) {
        return secondaries.stream().filter(one -> !one.isCurrent()).count();
    }

    private String json(
            int zones,
            Count hosts,
            int accounts,
            Optional<List<SecondaryStatus>> secondaries,
            List<String> problems) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartObject();
            json.writeBooleanProperty("running", service.isPresent());
            json.writeNumberProperty("zones", zones);
            json.writeNumberProperty("hosts", hosts.all());
            json.writeNumberProperty("hostsWithAddress", hosts.addressed());
            json.writeNumberProperty("accounts", accounts);
            json.writeNumberProperty("hostsBlocked", hosts.blocked());
            texts(json, "dns", service.map(RunningService::dns).orElse(List.of()));
            texts(json, "http", service.map(RunningService::http).orElse(List.of()));
            if (secondaries.isPresent()) {
                json.writeNumberProperty("secondaries", secondaries.get().size());
                json.writeNumberProperty("secondariesBehind", behind(secondaries.get()));
            } else {
                json.writeNullProperty("secondaries");
                json.writeNullProperty("secondariesBehind");
            }
            texts(json, "problems", problems);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
