package io.quarkiverse.posthog.emulator.capture.v1;

import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.EventResult;

/** The response to a batch, with a result for each event. */
final class BatchResponse {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final ObjectNode results = EmulatorJson.object();
    private boolean retry;

    void add(UUID event, EventResult result) {
        results.set(event.toString(), result.toJson());
        retry |= result.retry();
    }

    /** @param headers additional headers, which override the default ones */
    EmulatorResponse with(Map<String, String> headers) {
        EmulatorResponse answer = EmulatorResponse.ok(EmulatorJson.object().set("results", results));
        return (retry ? answer.with("Retry-After", RETRY_AFTER_SECONDS) : answer).with(headers);
    }
}
