package io.holdfast.cli;

import io.holdfast.agent.provider.ProviderFacts;
import io.holdfast.agent.provider.Setting;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Providers as JSON, on one line. Its members are a promise: more may come, none changes.
final class ProviderJson {
    private ProviderJson() {}

    static String of(List<ProviderFacts> all) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            for (ProviderFacts one : all) {
                json.writeStartObject();
                json.writeStringProperty("id", one.id());
                json.writeStringProperty("name", one.title());
                String server = one.server().map(URI::toString).orElse(null);
                if (server == null) {
                    json.writeNullProperty("server");
                } else {
                    json.writeStringProperty("server", server);
                }
                json.writeStringProperty(
                        "protocol", one.protocol().name().toLowerCase(Locale.ROOT));
                json.writeStringProperty("documentation", one.documentation().toString());
                json.writeArrayPropertyStart("settings");
                one.settings().forEach(setting -> setting(json, setting));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void setting(JsonGenerator json, Setting setting) {
        json.writeStartObject();
        json.writeStringProperty("name", setting.name());
        json.writeBooleanProperty("required", setting.required());
        json.writeBooleanProperty("secret", setting.secret());
        json.writeStringProperty("meaning", setting.meaning());
        json.writeEndObject();
    }
}
