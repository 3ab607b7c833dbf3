package io.holdfast.service.admin;

import io.holdfast.dns.Type;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.UpdateKey;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Keys as JSON, without their secrets, on one line. Its members are a promise: more may come, none
/// changes. Of a grant, `types` is null where the usual ones are meant, and a count of null means
/// any number.
final class KeyJson {
    private KeyJson() {}

    static String of(List<UpdateKey> keys) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonText.into(text)) {
            json.writeStartArray();
            keys.forEach(key -> key(json, key));
            json.writeEndArray();
        }
        return text.toString();
    }

    private static void key(JsonGenerator json, UpdateKey key) {
        json.writeStartObject();
        json.writeStringProperty("name", key.key().name().toString());
        json.writeStringProperty("algorithm", key.key().algorithm().toString());
        json.writeName("grants");
        json.writeStartArray();
        key.grants().forEach(grant -> grant(json, grant));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void grant(JsonGenerator json, Grant grant) {
        json.writeStartObject();
        json.writeStringProperty("scope", grant.scope().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("name", grant.name().toString());
        if (grant.types().isEmpty()) {
            json.writeNullProperty("types");
        } else {
            json.writeObjectPropertyStart("types");
            grant.types().entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> entry.getKey().value()))
                    .forEach(entry -> type(json, entry));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void type(JsonGenerator json, Map.Entry<Type, Integer> entry) {
        if (entry.getValue() == Grant.UNLIMITED) {
            json.writeNullProperty(entry.getKey().toString());
        } else {
            json.writeNumberProperty(entry.getKey().toString(), entry.getValue());
        }
    }
}
