package io.quarkiverse.posthog.sdkadapter;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Returns failures as JSON. */
public class Problems {

    private static final int BAD_REQUEST = 400;

    public record Problem(boolean success, String error) {
    }

    @ServerExceptionMapper
    public RestResponse<Problem> badRequest(IllegalArgumentException invalid) {
        return problem(BAD_REQUEST, invalid.getMessage());
    }

    /** Handles JSON that does not match the expected type. */
    @ServerExceptionMapper
    public RestResponse<Problem> badRequest(MismatchedInputException mismatch) {
        return problem(BAD_REQUEST, mismatch.getOriginalMessage());
    }

    /** Handles all other failures, such as a body that is not JSON. */
    @ServerExceptionMapper
    public RestResponse<Problem> failed(WebApplicationException failure) {
        return problem(failure.getResponse().getStatus(), failure.getCause() instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : failure.getMessage());
    }

    private static RestResponse<Problem> problem(int status, String error) {
        return RestResponse.ResponseBuilder.<Problem> create(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Problem(false, error))
                .build();
    }
}
