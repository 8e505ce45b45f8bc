package io.quarkiverse.posthog.api;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * A request that may change data: POST, PUT, PATCH or DELETE. It is retried only if PostHog responded that it did nothing, with
 * the status codes 429 and 503, unless it is {@link #idempotent()}.
 */
public interface RestWrite extends RestRequest<RestWrite> {

    /**
     * Sets the body.
     *
     * @param body a record or another object, a map, or a {@link JsonNode}. Names in camel case are sent in snake case, except
     *        for keys of maps. Null values are sent, unless the type is annotated with {@code @JsonInclude(NON_NULL)}
     * @throws IllegalArgumentException for DELETE, which has no body
     */
    @CheckReturnValue
    RestWrite body(Object body);

    /**
     * Declares that the request has the same effect if PostHog executes it twice. It is then retried like a GET request, even
     * after a failure that does not show whether PostHog executed it.
     */
    @CheckReturnValue
    RestWrite idempotent();

    /** Sends the request and ignores the content of the response, such as of DELETE. */
    @CheckReturnValue
    Uni<Void> send();
}
