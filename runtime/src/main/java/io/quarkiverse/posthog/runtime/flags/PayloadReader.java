package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads payloads of flags: JSON, or plain text. */
final class PayloadReader {

    private final Supplier<ObjectMapper> mapper;

    PayloadReader(Supplier<ObjectMapper> mapper) {
        this.mapper = mapper;
    }

    /** @throws IOException if the payload does not have this type; the message may show the payload */
    <T> T read(String payload, Class<T> type) throws IOException {
        try {
            return mapper.get().readValue(payload, type);
        } catch (IOException e) {
            if (type == String.class && !isJson(payload)) {
                return type.cast(payload);
            }
            throw e;
        }
    }

    private boolean isJson(String payload) {
        try {
            mapper.get().readTree(payload);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
