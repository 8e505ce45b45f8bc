package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads payloads of flags: JSON, but some are plain text that nobody wrote as JSON. */
final class PayloadReader {

    private final ObjectMapper mapper;

    PayloadReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws IOException when it is not of this type; its message may show the payload */
    <T> T read(String payload, Class<T> type) throws IOException {
        try {
            return mapper.readValue(payload, type);
        } catch (IOException e) {
            if (type == String.class && !isJson(payload)) {
                return type.cast(payload);
            }
            throw e;
        }
    }

    private boolean isJson(String payload) {
        try {
            mapper.readTree(payload);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
