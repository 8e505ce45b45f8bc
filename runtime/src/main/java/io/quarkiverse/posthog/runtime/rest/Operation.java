package io.quarkiverse.posthog.runtime.rest;

import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;

/**
 * A request that an account can send to PostHog.
 *
 * @param name the name in messages and metrics
 * @param limit PostHog's rate limit for the request
 * @param repeat the conditions for retries
 * @param endpoint the part of PostHog that serves it
 */
public record Operation<C>(String name, Limit limit, Repeat repeat, ApiEndpoint<C> endpoint) {

    /** PostHog's rate limits, each with its own number of requests. */
    public enum Limit {
        CRUD,
        ANALYTICS,
        PERSONS,
        QUERIES,
        /** The number of requests to the ingestion host is not limited. */
        NONE
    }

    /** The conditions for retries of a failed request. */
    public enum Repeat {
        /** The request changes nothing, or has the same effect when executed twice. */
        SAFE,
        /** Only if PostHog responded that it did nothing. */
        WHEN_REFUSED,
        /** A caller waits for the flags: only if PostHog did not receive the request. */
        FLAGS,
        /** Never: the caller decides, or the failure is the result. */
        NEVER
    }

    /** Returns a read of the private API. */
    public static Operation<PostHogApi> read(String name, Limit limit) {
        return api(name, limit, Repeat.SAFE);
    }

    /** Returns a write to the private API. */
    public static Operation<PostHogApi> write(String name, Limit limit) {
        return api(name, limit, Repeat.WHEN_REFUSED);
    }

    /** Returns a request to the private API. */
    public static Operation<PostHogApi> api(String name, Limit limit, Repeat repeat) {
        return new Operation<>(name, limit, repeat, limit == Limit.QUERIES ? ApiEndpoint.QUERIES : ApiEndpoint.API);
    }

    /** Returns an operation that ingests events. Delivery has its own retry rules. */
    public static Operation<IngestionApi> capture(String name) {
        return new Operation<>(name, Limit.NONE, Repeat.NEVER, ApiEndpoint.CAPTURE);
    }

    /** Returns an operation that evaluates flags or loads flag definitions. */
    public static <C> Operation<C> flags(String name, ApiEndpoint<C> endpoint) {
        return new Operation<>(name, Limit.NONE, Repeat.FLAGS, endpoint);
    }

    /** Returns the same operation on another endpoint. */
    public <D> Operation<D> on(ApiEndpoint<D> other) {
        return new Operation<>(name, limit, repeat, other);
    }
}
