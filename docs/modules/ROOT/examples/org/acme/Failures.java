package org.acme;

import java.util.Map;

import jakarta.ws.rs.core.Response.Status;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogRateLimitException;

// tag::mapper[]
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    @ServerExceptionMapper
    public RestResponse<Map<String, String>> map(PostHogException failure) {
        LOG.warn(failure.getMessage()); // <1>
        Status status = Status.BAD_GATEWAY;
        if (failure instanceof PostHogNotFoundException) {
            status = Status.NOT_FOUND;
        } else if (failure instanceof PostHogRateLimitException) {
            status = Status.SERVICE_UNAVAILABLE;
        }
        return ResponseBuilder.create(status, Map.of("error", "Analytics are not available")).build(); // <2>
    }
}
// end::mapper[]
