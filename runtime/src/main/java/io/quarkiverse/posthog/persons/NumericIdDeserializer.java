package io.quarkiverse.posthog.persons;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads the {@code id} of a person: a number in a response with one person. In lists, it is the UUID as text, and read as null.
 */
class NumericIdDeserializer extends StdScalarDeserializer<Long> {

    private static final long serialVersionUID = 1L;

    NumericIdDeserializer() {
        super(Long.class);
    }

    @Override
    public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
    }
}
