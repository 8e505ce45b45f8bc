package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Uni;

/** Reads payloads of remote configuration flags. */
final class RemoteConfigClient {

    private static final Operation<PostHogApi> GET = Operation.read("getRemoteConfigPayload", Limit.CRUD)
            .on(ApiEndpoint.SECURE_API);

    private final ApiExecutor calls;
    private final PayloadReader payloads;

    RemoteConfigClient(ApiExecutor calls) {
        this.calls = calls;
        this.payloads = new PayloadReader(calls::values);
    }

    <T> Uni<T> payload(String key, Class<T> type) {
        return Uni.createFrom().item(() -> PathSegment.of("key", key))
                .chain(flag -> calls.request(GET, ApiCall.remoteConfig(calls.project(), flag,
                        calls.account().projectApiKey().orElse(null))))
                .map(response -> read(key, response.body(), type));
    }

    /** The response is the payload as JSON, or a JSON string that contains the payload. */
    private <T> T read(String key, byte[] json, Class<T> type) {
        try {
            JsonNode answer = calls.mapper().readTree(json);
            return answer.isNull() ? null : payloads.read(answer.isTextual() ? answer.textValue() : answer.toString(), type);
        } catch (IOException e) {
            // Its message would show the payload, which may be a secret
            throw calls.invalidResponse(GET, "the payload of flag '" + key + "' is not a " + type.getSimpleName());
        }
    }
}
