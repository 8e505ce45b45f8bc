package io.quarkiverse.posthog.runtime.flags.definitions;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.FlagDefinitionsApi;
import io.smallrye.mutiny.Uni;

/** Requests the flag definitions of an account from PostHog. */
final class DefinitionsClient {

    private static final Operation<FlagDefinitionsApi> READ = Operation.flags("flagDefinitions",
            ApiEndpoint.FLAG_DEFINITIONS);

    private static final int MAX_ETAG = 1_000;

    private final ApiExecutor calls;
    private final String token;

    DefinitionsClient(ApiExecutor calls) {
        ResolvedAccountConfig account = calls.account();
        this.calls = calls;
        this.token = account.projectApiKey().orElseThrow();
    }

    /** @param etag the ETag of the loaded definitions; null if none are loaded, or they have none */
    Uni<Result> read(String etag) {
        return calls.send(READ, api -> api.definitions(etag, token, ""))
                .map(response -> result(response, etag))
                .onItemOrFailure().invoke((result, failure) -> calls.metrics()
                        .polled(failure != null ? "failed" : result.json() == null ? "unchanged" : "changed"));
    }

    private Result result(ApiResponse response, String etag) {
        String current = etag(response);
        if (response.isNotModified()) {
            if (etag == null) {
                throw calls.invalidResponse(READ, "the response has status 304 (not modified) without a conditional request");
            }
            return new Result(null, current == null ? etag : current);
        }
        return new Result(response.body(), current);
    }

    /** Ignores an ETag that is so long that PostHog would reject each request with it. */
    private static String etag(ApiResponse response) {
        String etag = response.header(HttpHeaders.ETAG);
        return etag == null || etag.length() > MAX_ETAG ? null : etag;
    }

    /** Creates the exception for a response that does not contain definitions. */
    PostHogResponseException unreadable(IllegalArgumentException failure) {
        return calls.invalidResponse(READ, "the response can't be parsed: " + failure.getMessage());
    }

    /**
     * @param json null if the definitions have not changed
     * @param etag the ETag of the definitions; null if the response has none
     */
    record Result(byte[] json, String etag) {
    }
}
