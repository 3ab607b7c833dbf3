package io.holdfast.service.admin;

import io.holdfast.net.address.AddressText;
import io.holdfast.service.account.Account;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// Lists as JSON, each on one line. Their members are a promise: more may come, none changes. What
/// there is not is null.
final class ListJson {
    private ListJson() {}

    /// @param oldKeyUntil until when the key that an account had before is good, if it still is
    static String accounts(
            List<Account> accounts, Function<Account, Optional<Instant>> oldKeyUntil) {
        return array(
                accounts,
                (json, account) -> {
                    json.writeStringProperty("name", account.name());
                    text(json, "email", account.email());
                    text(
                            json,
                            "oldKeyGoodUntil",
                            oldKeyUntil.apply(account).map(OperatorText::time));
                });
    }

    /// @param accounts the names of accounts by their ids
    static String hosts(List<Host> hosts, Map<Long, String> accounts) {
        return array(
                hosts,
                (json, host) -> {
                    json.writeStringProperty("name", host.name().toString());
                    text(json, "account", Optional.ofNullable(accounts.get(host.accountId())));
                    address(json, "ipv4", host.addresses().ipv4());
                    address(json, "ipv6", host.addresses().ipv6());
                });
    }

    static String zones(List<DeclaredZone> zones) {
        return array(
                zones,
                (json, zone) -> {
                    json.writeStringProperty("name", zone.apex().toString());
                    json.writeNumberProperty("serial", Integer.toUnsignedLong(zone.serial()));
                    json.writeStringProperty("origin", origin(zone).replace(' ', '-'));
                    text(json, "records", zone.recordsFile());
                });
    }

    /// Where a zone comes from, in words.
    static String origin(DeclaredZone zone) {
        return zone.origin().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static <T> String array(List<T> all, BiConsumer<JsonGenerator, T> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartArray();
            for (T one : all) {
                json.writeStartObject();
                members.accept(json, one);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void address(
            JsonGenerator json, String name, Optional<? extends InetAddress> address) {
        text(json, name, address.map(AddressText::of));
    }

    private static void text(JsonGenerator json, String name, Optional<String> text) {
        if (text.isPresent()) {
            json.writeStringProperty(name, text.get());
        } else {
            json.writeNullProperty(name);
        }
    }
}
