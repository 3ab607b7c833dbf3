package io.holdfast.service.admin;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// JSON in ASCII alone: what strangers sent may hold characters that a terminal obeys, and other
/// programs read the escapes as those characters.
final class JsonText {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonText() {}

    static JsonGenerator into(StringWriter text) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), text);
    }
}
