package io.quarkiverse.posthog.runtime.flags.definitions;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Endpoint;
import io.quarkiverse.posthog.runtime.rest.FlagDefinitionsApi;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.smallrye.mutiny.Uni;

/** Requests the flag definitions of an account from PostHog. */
final class DefinitionsClient {

    private static final Operation<FlagDefinitionsApi> READ = Operation.flags("flagDefinitions",
            Endpoint.FLAG_DEFINITIONS);

    private static final int MAX_ETAG = 1_000;

    private final ApiExecutor calls;
    private final String token;

    DefinitionsClient(ApiExecutor calls) {
        ResolvedAccountConfig account = calls.account();
        this.calls = calls;
        this.token = account.projectApiKey().orElseThrow();
    }

    /** @param etag that of the definitions that are there already; null for none */
    Uni<Answer> read(String etag) {
        return calls.send(READ, api -> api.definitions(etag, token, ""))
                .map(response -> answer(response, etag))
                .onItemOrFailure().invoke((answer, failure) -> calls.metrics()
                        .polled(failure != null ? "failed" : answer.json() == null ? "unchanged" : "changed"));
    }

    private Answer answer(ApiResponse response, String etag) {
        String current = etag(response);
        if (response.isNotModified()) {
            if (etag == null) {
                throw calls.invalidResponse(READ, "the response has status 304 (not modified) without a conditional request");
            }
            return new Answer(null, current == null ? etag : current);
        }
        return new Answer(response.body(), current);
    }

    /** One that is too long to be sent back is no use: the request would be rejected each time. */
    private static String etag(ApiResponse response) {
        String etag = response.header(HttpHeaders.ETAG);
        return etag == null || etag.length() > MAX_ETAG ? null : etag;
    }

    /** What an answer fails with that is no definitions. */
    PostHogResponseException unreadable(IllegalArgumentException failure) {
        return calls.invalidResponse(READ, "the response can't be parsed: " + failure.getMessage());
    }

    /**
     * @param json null when nothing has changed
     * @param etag what PostHog knows the definitions by now; null when it did not say
     */
    record Answer(byte[] json, String etag) {
    }
}
