package io.quarkiverse.posthog.persons;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;

/** The {@code id} of a person is a number in the detail answer, but repeats the uuid as text in lists. */
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
