package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.runtime.OutsideText;
import io.holdfast.runtime.TimeText;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.event.HostEntry;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DynamicRecord;
import io.holdfast.service.zone.RRsetKey;
import java.io.StringWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// Events as lines, for people and as JSON. The members of an object are a promise: more may come,
/// none changes. What there is not is null.
final class EventText {
    private final Function<Name, Optional<Name>> zoneOf;
    private final Function<Long, Optional<String>> accountNamed;

    /// @param zoneOf the apex of the zone a host's name belongs to now
    /// @param accountNamed the name of an account by its id, if there still is one
    EventText(
            Function<Name, Optional<Name>> zoneOf, Function<Long, Optional<String>> accountNamed) {
        this.zoneOf = zoneOf;
        this.accountNamed = accountNamed;
    }

    /// One object a line for each event.
    List<String> json(Commit commit) {
        return commit.events().stream().map(event -> json(commit, event)).toList();
    }

    /// One line for each event: number, time, event, and what it is about.
    List<String> text(Commit commit) {
        return commit.events().stream()
                .map(event ->
                        "%d  %s  %-18s  %s"
                                .formatted(
                                        commit.number(),
                                        TimeText.of(commit.at()),
                                        name(event),
                                        about(event))
                                .stripTrailing())
                .toList();
    }

    private static String name(Event event) {
        return event.getClass().getSimpleName();
    }

    private String about(Event event) {
        return switch (event) {
            case Event.AccountAdded(long id, _) -> account(id);
            case Event.AccountRemoved(long id) -> account(id);
            case Event.AccountKeyChanged(long id, _) -> account(id);
            case Event.HostAdded(Host host) -> joined(host.name(), addresses(host.addresses()));
            case Event.HostRemoved(Host host) -> host.name().toString();
            case Event.HostChanged changed -> about(changed);
            case Event.RepeatCounted(Host host) -> host.name().toString();
            case Event.FormerSecretKept(var former) ->
                    owner(former.owner()) + ", good until " + TimeText.of(former.until());
            case Event.FormerSecretEnded(var former) -> owner(former.owner());
            case Event.KeyAdded(Name name, _) -> name.toString();
            case Event.KeyRemoved(Name name) -> name.toString();
            case Event.ZoneDeclared(Name apex, _) -> apex.toString();
            case Event.ZoneRemoved(Name apex) -> apex.toString();
            case Event.RecordsChanged(DynamicRecord now, _) -> about(now);
            case Event.ReverseNameChanged(_, Name reverse, Set<Name> hosts) ->
                    joined(reverse, hosts.isEmpty() ? "no host" : list(hosts));
            case Event.ZoneChanged changed ->
                    joined(changed.apex(), "serial " + Integer.toUnsignedString(changed.serial()));
        };
    }

    private static String about(Event.HostChanged changed) {
        HostEntry made = changed.entry();
        HistoryEntry entry = made.entry();
        String what =
                switch (changed) {
                    case Event.AddressesChanged _ -> {
                        String before = addresses(entry.before());
                        yield addresses(entry.after())
                                + (before.isEmpty() ? "" : " (before: " + before + ")");
                    }
                    case Event.Blocked _ ->
                            made.host()
                                    .standing()
                                    .block()
                                    .flatMap(Block::until)
                                    .map(until -> "until " + TimeText.of(until))
                                    .orElse("until the operator unblocks it");
                    case Event.TtlChanged _ ->
                            made.host().ttl().isPresent()
                                    ? made.host().ttl().getAsInt() + " s"
                                    : "as the zone says";
                    case Event.Unblocked _, Event.SecretChanged _ -> "";
                };
        String who =
                "by "
                        + entry.front()
                        + " from "
                        + AddressText.of(entry.source())
                        + (entry.agent().isEmpty()
                                ? ""
                                : ", " + OutsideText.printable(entry.agent()));
        return joined(made.host().name(), what, who);
    }

    private static String about(DynamicRecord now) {
        String records =
                now.rrset()
                        .map(rrset ->
                                rrset.rdata().stream()
                                        .map(data -> OutsideText.printable(data.toString()))
                                        .collect(Collectors.joining(" ; ")))
                        .orElse("none");
        return joined(now.key().owner(), now.key().type().toString(), records);
    }

    private String account(long id) {
        return accountNamed.apply(id).orElse("account " + id);
    }

    private String owner(long id) {
        return accountNamed.apply(id).map(name -> "account " + name).orElse("of " + id);
    }

    private static String joined(Object... some) {
        return Stream.of(some)
                .map(Object::toString)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static String list(Set<Name> names) {
        return names.stream().sorted().map(Name::toString).collect(Collectors.joining(" "));
    }

    private static String addresses(Addresses addresses) {
        List<String> texts = new ArrayList<>();
        addresses.ipv4().map(AddressText::of).ifPresent(texts::add);
        addresses.ipv6().map(AddressText::of).ifPresent(texts::add);
        return String.join(" ", texts);
    }

    private String json(Commit commit, Event event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartObject();
            json.writeNumberProperty("number", commit.number());
            json.writeStringProperty("at", TimeText.of(commit.at()));
            json.writeStringProperty("event", name(event));
            members(json, event);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void members(JsonGenerator json, Event event) {
        switch (event) {
            case Event.AccountAdded(long id, _) -> account(json, id);
            case Event.AccountRemoved(long id) -> account(json, id);
            case Event.AccountKeyChanged(long id, _) -> account(json, id);
            case Event.HostAdded(Host host) -> host(json, host);
            case Event.HostRemoved(Host host) -> host(json, host);
            case Event.HostChanged changed -> {
                host(json, changed.entry().host());
                entry(json, changed.entry().entry());
            }
            case Event.RepeatCounted(Host host) -> host(json, host);
            case Event.FormerSecretKept(var former) -> {
                json.writeNumberProperty("owner", former.owner());
                json.writeStringProperty("until", TimeText.of(former.until()));
            }
            case Event.FormerSecretEnded(var former) ->
                    json.writeNumberProperty("owner", former.owner());
            case Event.KeyAdded(Name name, _) -> json.writeStringProperty("key", name.toString());
            case Event.KeyRemoved(Name name) -> json.writeStringProperty("key", name.toString());
            case Event.ZoneDeclared(Name apex, _) -> zone(json, Optional.of(apex));
            case Event.ZoneRemoved(Name apex) -> zone(json, Optional.of(apex));
            case Event.RecordsChanged(DynamicRecord now, _) -> records(json, now);
            case Event.ReverseNameChanged(Name apex, Name reverse, Set<Name> hosts) -> {
                zone(json, Optional.of(apex));
                json.writeStringProperty("name", reverse.toString());
                json.writeName("hosts");
                json.writeStartArray();
                hosts.stream().sorted().forEach(host -> json.writeString(host.toString()));
                json.writeEndArray();
            }
            case Event.ZoneChanged changed -> {
                zone(json, Optional.of(changed.apex()));
                json.writeNumberProperty("serial", Integer.toUnsignedLong(changed.serial()));
            }
        }
    }

    private void account(JsonGenerator json, long id) {
        json.writeNumberProperty("accountId", id);
        text(json, "account", accountNamed.apply(id));
    }

    private void host(JsonGenerator json, Host host) {
        json.writeStringProperty("host", host.name().toString());
        address(json, "ipv4", host.addresses().ipv4());
        address(json, "ipv6", host.addresses().ipv6());
        zone(json, zoneOf.apply(host.name()));
        account(json, host.accountId());
        if (host.ttl().isPresent()) {
            json.writeNumberProperty("ttl", host.ttl().getAsInt());
        } else {
            json.writeNullProperty("ttl");
        }
        Optional<Block> block = host.standing().block();
        text(json, "blockedUntil", block.flatMap(Block::until).map(TimeText::of));
    }

    private static void entry(JsonGenerator json, HistoryEntry entry) {
        address(json, "ipv4Before", entry.before().ipv4());
        address(json, "ipv6Before", entry.before().ipv6());
        json.writeStringProperty("source", AddressText.of(entry.source()));
        json.writeStringProperty("agent", entry.agent());
        json.writeStringProperty("front", entry.front());
        json.writeStringProperty("answered", entry.answered());
    }

    private static void records(JsonGenerator json, DynamicRecord now) {
        RRsetKey key = now.key();
        zone(json, Optional.of(now.apex()));
        json.writeStringProperty("name", key.owner().toString());
        json.writeStringProperty("type", key.type().toString());
        json.writeName("data");
        json.writeStartArray();
        now.rrset()
                .ifPresent(
                        rrset -> rrset.rdata().forEach(data -> json.writeString(data.toString())));
        json.writeEndArray();
    }

    private static void zone(JsonGenerator json, Optional<Name> apex) {
        text(json, "zone", apex.map(Name::toString));
    }

    private static void address(
            JsonGenerator json, String member, Optional<? extends InetAddress> address) {
        text(json, member, address.map(AddressText::of));
    }

    private static void text(JsonGenerator json, String member, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(member, value.get());
        } else {
            json.writeNullProperty(member);
        }
    }
}
