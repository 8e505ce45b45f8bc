package io.quarkiverse.posthog.emulator.capture;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;

/** Validates AI events, which have their own endpoint and size limit. */
final class AiEventValidator {

    static final String PATH = "/i/v0/ai/batch";

    private static final String PREFIX = "$ai_";
    private static final int MAX_EVENT_BYTES = 8 * 1024 * 1024;

    private AiEventValidator() {
    }

    /** Rejects the whole request if one event is not valid. */
    static void check(JsonNode event) {
        String name = event.path("event").asText();
        if (!name.startsWith(PREFIX)) {
            throw new CaptureException(400, "'" + name + "' is not an AI event; this endpoint accepts only AI events");
        }
        if (event.toString().getBytes(StandardCharsets.UTF_8).length > MAX_EVENT_BYTES) {
            throw new CaptureException(413, "an AI event is larger than " + MAX_EVENT_BYTES + " bytes");
        }
    }
}
