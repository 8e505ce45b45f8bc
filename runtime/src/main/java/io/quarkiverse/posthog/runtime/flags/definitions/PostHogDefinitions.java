package io.quarkiverse.posthog.runtime.flags.definitions;

import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Service;
import io.smallrye.mutiny.Uni;

/** Asks PostHog for the definitions of an account. */
final class PostHogDefinitions {

    private static final Operation READ = Operation.flags("flagDefinitions", Service.FLAG_DEFINITIONS);

    private static final int MAX_ETAG = 1_000;

    private final ApiCalls calls;
    private final String authorization;
    private final String token;

    PostHogDefinitions(ApiCalls calls) {
        Account account = calls.account();
        this.calls = calls;
        this.authorization = "Bearer " + account.secureKey().orElseThrow();
        this.token = account.projectApiKey().orElseThrow();
    }

    /** @param etag that of the definitions that are there already; null for none */
    Uni<Answer> read(String etag) {
        return calls.flags(READ, api -> api.definitions(authorization, etag, token, ""))
                .map(response -> answer(response, etag))
                .onItemOrFailure().invoke((answer, failure) -> calls.metrics()
                        .polled(failure != null ? "failed" : answer.json() == null ? "unchanged" : "changed"));
    }

    private Answer answer(RestResponse<byte[]> response, String etag) {
        String current = etag(response);
        if (response.getStatus() == StatusCode.NOT_MODIFIED) {
            if (etag == null) {
                throw calls.nonsense(READ, "the answer is that nothing has changed (304), which was not asked");
            }
            return new Answer(null, current == null ? etag : current);
        }
        byte[] json = response.getEntity();
        return new Answer(json == null ? new byte[0] : json, current);
    }

    /** One that is too long to be sent back is no use: the request would be rejected each time. */
    private static String etag(RestResponse<byte[]> response) {
        String etag = response.getHeaderString(HttpHeaders.ETAG);
        return etag == null || etag.length() > MAX_ETAG ? null : etag;
    }

    /** What an answer fails with that is no definitions. */
    PostHogResponseException unreadable(IllegalArgumentException failure) {
        return calls.nonsense(READ, "the answer can't be read: " + failure.getMessage());
    }

    /**
     * @param json null when nothing has changed
     * @param etag what PostHog knows the definitions by now; null when it did not say
     */
    record Answer(byte[] json, String etag) {
    }
}
