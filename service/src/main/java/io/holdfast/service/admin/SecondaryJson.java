package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.service.transfer.SecondaryAddress;
import io.holdfast.service.transfer.SecondaryStatus;
import io.holdfast.service.transfer.SecondaryStatus.Version;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// How far secondaries are as JSON, an array on one line. Its members are a promise: more may come,
/// none changes. What is not known is null; times are ISO 8601 in UTC. A problem that a zone has
/// here, and not at a secondary, has no server.
final class SecondaryJson {
    private SecondaryJson() {}

    /// @param problems of zones here
    static String of(Map<Name, List<String>> problems, List<SecondaryStatus> statuses) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartArray();
            problems.forEach((apex, all) -> all.forEach(what -> problem(json, apex, what)));
            statuses.forEach(status -> status(json, status));
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void problem(JsonGenerator json, Name apex, String what) {
        json.writeStartObject();
        json.writeStringProperty("zone", apex.toString());
        for (String unknown :
                List.of(
                        "server",
                        "serial",
                        "current",
                        "notified",
                        "acknowledged",
                        "asked",
                        "fetched",
                        "seen")) {
            json.writeNullProperty(unknown);
        }
        json.writeObjectPropertyStart("problem");
        json.writeStringProperty("what", what);
        json.writeNullProperty("at");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void status(JsonGenerator json, SecondaryStatus status) {
        json.writeStartObject();
        json.writeStringProperty("zone", status.zone().toString());
        json.writeStringProperty("server", SecondaryAddress.text(status.server()));
        json.writeNumberProperty("serial", Integer.toUnsignedLong(status.serial()));
        json.writeBooleanProperty("current", status.isCurrent());
        version(json, "notified", status.notified());
        version(json, "acknowledged", status.acknowledged());
        version(json, "asked", status.asked());
        version(json, "fetched", status.fetched());
        version(json, "seen", status.seen());
        if (status.problem().isPresent()) {
            json.writeObjectPropertyStart("problem");
            json.writeStringProperty("what", status.problem().get().what());
            json.writeStringProperty("at", OperatorText.time(status.problem().get().at()));
            json.writeEndObject();
        } else {
            json.writeNullProperty("problem");
        }
        json.writeEndObject();
    }

    private static void version(JsonGenerator json, String name, Optional<Version> version) {
        if (version.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("serial", Integer.toUnsignedLong(version.get().serial()));
        json.writeStringProperty("at", OperatorText.time(version.get().at()));
        json.writeEndObject();
    }
}
