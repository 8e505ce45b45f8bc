package io.quarkiverse.posthog.featureflags;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads payloads, which are JSON text within JSON. A payload that is plain JSON is converted to JSON text. */
class PayloadDeserializer extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    PayloadDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : context.readTree(parser).toString();
    }
}
