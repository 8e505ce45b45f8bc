package io.quarkiverse.posthog.runtime.rest;

import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.smallrye.mutiny.Uni;

/** Responses of stubs, as the REST client returns them. */
public final class Refusals {

    private Refusals() {
    }

    /** An error with PostHog's error envelope around this detail. */
    public static RuntimeException of(int status, String type, String detail) {
        return new Refusal(Response.status(status).entity(bytes("{\"type\": \"" + type + "\", \"detail\": \"" + detail + "\"}"))
                .build());
    }

    /** @param retryAfter the header of that name; null for none */
    public static RuntimeException of(int status, String retryAfter) {
        Response.ResponseBuilder response = Response.status(status);
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return new Refusal(response.build());
    }

    /** The response of a stub, which may be a failure of this class. */
    public static <T> Uni<Response> response(Uni<RestResponse<T>> response) {
        return response.map(answer -> Response.fromResponse(answer.toResponse()).entity(bytes(answer.getEntity())).build())
                .onFailure(Refusal.class).recoverWithItem(failure -> ((Refusal) failure).response);
    }

    private static byte[] bytes(Object entity) {
        if (entity == null || entity instanceof byte[]) {
            return (byte[]) entity;
        }
        try {
            return entity instanceof String text ? text.getBytes(StandardCharsets.UTF_8)
                    : TestAccounts.mapper().writeValueAsBytes(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Response response;

        Refusal(Response response) {
            this.response = response;
        }
    }
}
