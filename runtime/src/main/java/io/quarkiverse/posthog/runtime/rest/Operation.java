package io.quarkiverse.posthog.runtime.rest;

/**
 * A request that an account can send to PostHog.
 *
 * @param name the name in messages and metrics
 * @param limit the rate limit of PostHog that applies
 * @param repeat the rule for retries
 * @param endpoint the part of PostHog that serves it
 */
public record Operation<C>(String name, Limit limit, Repeat repeat, Endpoint<C> endpoint) {

    /** PostHog's rate limits, each with its own number of requests. */
    public enum Limit {
        MANAGEMENT,
        ANALYTICS,
        PERSONS,
        QUERIES,
        /** The number of requests to the ingestion host is not limited. */
        NONE
    }

    /** When a failed request may be retried. */
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

    /** A read of the private API. */
    public static Operation<PostHogApi> read(String name, Limit limit) {
        return api(name, limit, Repeat.SAFE);
    }

    /** A write to the private API. */
    public static Operation<PostHogApi> write(String name, Limit limit) {
        return api(name, limit, Repeat.WHEN_REFUSED);
    }

    /** A request to the private API. */
    public static Operation<PostHogApi> api(String name, Limit limit, Repeat repeat) {
        return new Operation<>(name, limit, repeat, limit == Limit.QUERIES ? Endpoint.QUERIES : Endpoint.API);
    }

    /** Ingestion of events, whose delivery has rules of its own for retries. */
    public static Operation<IngestionApi> capture(String name) {
        return new Operation<>(name, Limit.NONE, Repeat.NEVER, Endpoint.CAPTURE);
    }

    /** Evaluation of flags, or loading of their definitions. */
    public static <C> Operation<C> flags(String name, Endpoint<C> endpoint) {
        return new Operation<>(name, Limit.NONE, Repeat.FLAGS, endpoint);
    }

    /** The same request on another endpoint. */
    public <D> Operation<D> on(Endpoint<D> other) {
        return new Operation<>(name, limit, repeat, other);
    }
}
