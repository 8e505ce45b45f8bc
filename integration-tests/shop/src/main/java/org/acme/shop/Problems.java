package org.acme.shop;

import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogValidationException;

/** Returns failures as JSON. */
public class Problems {

    private static final int BAD_GATEWAY = 502;

    public record Problem(int status, String message) {
    }

    @ServerExceptionMapper
    public RestResponse<Problem> badRequest(IllegalArgumentException invalid) {
        return problem(400, invalid);
    }

    /** Passes on PostHog's status if the caller can fix the request. All other failures are internal. */
    @ServerExceptionMapper
    public RestResponse<Problem> posthog(PostHogException failure) {
        boolean callers = failure instanceof PostHogNotFoundException || failure instanceof PostHogValidationException
                || failure instanceof PostHogConflictException;
        return problem(callers ? ((PostHogApiException) failure).status() : BAD_GATEWAY, failure);
    }

    private static RestResponse<Problem> problem(int status, Exception failure) {
        return RestResponse.ResponseBuilder.<Problem> create(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Problem(status, failure.getMessage()))
                .build();
    }
}
