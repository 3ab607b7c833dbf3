package io.holdfast.cli;

import io.holdfast.agent.AgentStatus;
import io.holdfast.agent.NameStatus;
import io.holdfast.agent.NameStatus.FamilyStatus;
import io.holdfast.agent.address.Family;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// How the agent's names stand as JSON, on one line. Its members are a promise: more may come, none
/// changes. What there is not is null; times are ISO 8601 in UTC.
final class StatusJson {
    /// What providers said may hold characters that a terminal obeys: they are escaped.
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private StatusJson() {}

    static String of(AgentStatus status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = ASCII.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeBooleanProperty("running", status.running());
            json.writeArrayPropertyStart("names");
            status.names().forEach(name -> name(json, name));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void name(JsonGenerator json, NameStatus name) {
        json.writeStartObject();
        json.writeStringProperty("name", name.name());
        json.writeStringProperty("provider", name.provider());
        json.writeStringProperty("server", name.server());
        json.writeStringProperty("state", name.state().word());
        json.writeStringProperty("why", name.why());
        json.writeStringProperty("next", name.next());
        time(json, "nextAt", name.nextAt());
        json.writeArrayPropertyStart("warnings");
        name.warnings().forEach(json::writeString);
        json.writeEndArray();
        for (FamilyStatus family : name.families()) {
            json.writeObjectPropertyStart(family.family() == Family.IPV4 ? "ipv4" : "ipv6");
            family(json, family);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void family(JsonGenerator json, FamilyStatus family) {
        json.writeStringProperty("source", family.source());
        address(json, "seen", family.seen());
        json.writeStringProperty("how", family.how());
        address(json, "told", family.sent());
        time(json, "toldAt", family.sentAt());
        json.writeStringProperty("answer", family.answer());
    }

    private static void address(JsonGenerator json, String name, Optional<String> address) {
        json.writeName(name);
        if (address.isPresent()) {
            json.writeString(address.get());
        } else {
            json.writeNull();
        }
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> time) {
        json.writeName(name);
        if (time.isPresent()) {
            json.writeString(time.get().truncatedTo(ChronoUnit.SECONDS).toString());
        } else {
            json.writeNull();
        }
    }
}
