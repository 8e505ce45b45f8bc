package io.quarkiverse.posthog.runtime.dev;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;

/** Writes a curl command that sends an event. The shell inserts the project token. */
final class CurlCommand {

    private static final String TOKEN = "QUARKUS_POSTHOG_PROJECT_API_KEY";

    private final ObjectMapper mapper;

    CurlCommand(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    String of(URI ingestion, CaptureEvent event) throws JsonProcessingException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("api_key", TOKEN);
        body.put("event", event.event());
        body.put("distinct_id", event.distinctId());
        body.put("properties", event.properties());
        if (event.timestamp() != null) {
            body.put("timestamp", event.timestamp().toString());
        }
        if (event.uuid() != null) {
            body.put("uuid", event.uuid().toString());
        }
        // The shell changes nothing between single quotes. A quote ends them, and the token is inserted in between.
        String json = mapper.writeValueAsString(body).replace("'", "'\\''")
                .replaceFirst(TOKEN, "'\"\\$" + TOKEN + "\"'");
        return "curl '" + ingestion + "/i/v0/e/' -H 'Content-Type: application/json' -d '" + json + "'";
    }
}
