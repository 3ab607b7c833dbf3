package io.holdfast.service.admin;

import io.holdfast.net.address.AddressText;
import io.holdfast.service.change.Explanation;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.host.Activity;
import io.holdfast.service.host.Addresses;
import io.holdfast.service.host.Block;
import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What is known of a host as JSON, on one line. Its members are a promise: more may come, none
/// changes. What there is not is null; times are ISO 8601 in UTC.
final class HostJson {
    private HostJson() {}

    static String of(Explanation known) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartObject();
            host(json, known);
            time(json, "oldSecretGoodUntil", known.oldSecretUntil().orElse(null));
            block(json, known.block());
            json.writeName("history");
            json.writeStartArray();
            known.history().forEach(entry -> entry(json, entry));
            json.writeEndArray();
            json.writeName("refusals");
            json.writeStartArray();
            known.refused().forEach(one -> refused(json, one));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void host(JsonGenerator json, Explanation known) {
        Host host = known.host();
        Activity activity = host.activity();
        json.writeStringProperty("name", host.name().toString());
        json.writeStringProperty("account", known.account());
        json.writeStringProperty("zone", known.zone().toString());
        addresses(json, host.addresses());
        json.writeNumberProperty("ttl", known.ttl());
        time(json, "added", host.addedAt());
        time(json, "lastHeard", activity.lastContact());
        json.writeNumberProperty("changed", activity.changes());
        json.writeNumberProperty("unchanged", activity.repeats());
        json.writeNumberProperty("refused", activity.refusals());
        json.writeNumberProperty("unchangedInHand", known.unchangedInHand());
        if (known.changedInHand() == Integer.MAX_VALUE) {
            json.writeNullProperty("changedInHand");
        } else {
            json.writeNumberProperty("changedInHand", known.changedInHand());
        }
    }

    private static void block(JsonGenerator json, Optional<Block> block) {
        json.writeBooleanProperty("blocked", block.isPresent());
        if (block.isEmpty()) {
            json.writeNullProperty("block");
            return;
        }
        json.writeObjectPropertyStart("block");
        String cause = block.get().cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
        json.writeStringProperty("cause", cause);
        time(json, "since", block.get().since());
        time(json, "until", block.get().until().orElse(null));
        json.writeEndObject();
    }

    private static void entry(JsonGenerator json, HistoryEntry entry) {
        json.writeStartObject();
        json.writeNumberProperty("change", entry.change());
        time(json, "at", entry.at());
        json.writeObjectPropertyStart("before");
        addresses(json, entry.before());
        json.writeEndObject();
        json.writeObjectPropertyStart("after");
        addresses(json, entry.after());
        json.writeEndObject();
        json.writeStringProperty("source", AddressText.of(entry.source()));
        json.writeStringProperty("agent", entry.agent());
        json.writeStringProperty("front", entry.front());
        json.writeStringProperty("answered", entry.answered());
        json.writeEndObject();
    }

    private static void refused(JsonGenerator json, RefusedUpdates.Refused one) {
        json.writeStartObject();
        time(json, "at", one.at());
        json.writeNumberProperty("times", one.times());
        json.writeStringProperty("source", AddressText.of(one.origin().source()));
        json.writeStringProperty("agent", one.origin().agent());
        json.writeStringProperty("front", one.origin().front());
        json.writeStringProperty("answered", one.code());
        json.writeStringProperty("reason", one.reason());
        json.writeEndObject();
    }

    private static void addresses(JsonGenerator json, Addresses addresses) {
        address(json, "ipv4", addresses.ipv4());
        address(json, "ipv6", addresses.ipv6());
    }

    private static void address(
            JsonGenerator json, String name, Optional<? extends InetAddress> address) {
        json.writeName(name);
        if (address.isPresent()) {
            json.writeString(AddressText.of(address.get()));
        } else {
            json.writeNull();
        }
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) {
        if (time == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, OperatorText.time(time));
        }
    }
}
