package io.quarkiverse.posthog.runtime.rest;

import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;

/**
 * A request that an account can send to PostHog.
 *
 * @param name the name in messages, such as {@code cohorts.list}; for any endpoint followed by its path, such as
 *        {@code api.get /api/projects/{project}/annotations/}
 * @param limit PostHog's rate limit for the request
 * @param retry the conditions for retries
 * @param endpoint the part of PostHog that serves it
 */
public record Operation<C>(String name, Limit limit, Retry retry, ApiEndpoint<C> endpoint) {

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
    public enum Retry {
        /** A request that changes nothing, or has the same effect when executed twice. */
        SAFE,
        /** A request that is retried only if PostHog responded that it did nothing. */
        IF_REJECTED,
        /** A request for flags, which is retried only if PostHog did not receive it, because a caller waits for the result. */
        FLAGS,
        /** A request that is never retried: the caller decides, or the failure is the result. */
        NEVER
    }

    /** Returns a read of the private API. */
    public static Operation<PostHogApi> read(String name, Limit limit) {
        return api(name, limit, Retry.SAFE);
    }

    /** Returns a write to the private API. */
    public static Operation<PostHogApi> write(String name, Limit limit) {
        return api(name, limit, Retry.IF_REJECTED);
    }

    /** Returns a request to the private API. */
    public static Operation<PostHogApi> api(String name, Limit limit, Retry retry) {
        return new Operation<>(name, limit, retry, limit == Limit.QUERIES ? ApiEndpoint.QUERIES : ApiEndpoint.API);
    }

    /** Returns an operation that ingests events. Delivery has its own retry rules. */
    public static Operation<IngestionApi> capture(String name) {
        return new Operation<>(name, Limit.NONE, Retry.NEVER, ApiEndpoint.CAPTURE);
    }

    /** Returns an operation that evaluates flags or loads flag definitions. */
    public static <C> Operation<C> flags(String name, ApiEndpoint<C> endpoint) {
        return new Operation<>(name, Limit.NONE, Retry.FLAGS, endpoint);
    }

    /** Returns the name in metrics, which does not contain the path. */
    public String metric() {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    /** Returns the same operation on another endpoint. */
    public <D> Operation<D> on(ApiEndpoint<D> other) {
        return new Operation<>(name, limit, retry, other);
    }
}
