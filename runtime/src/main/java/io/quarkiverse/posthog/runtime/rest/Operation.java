package io.quarkiverse.posthog.runtime.rest;

/**
 * Something that is asked of PostHog.
 *
 * @param name how messages call it
 * @param limit which of PostHog's rate limits it counts for
 * @param repeat when it may be repeated
 * @param service what answers it
 */
public record Operation(String name, Limit limit, Repeat repeat, Service service) {

    public Operation(String name, Limit limit, Repeat repeat) {
        this(name, limit, repeat, limit == Limit.QUERIES ? Service.COMPUTING : Service.API);
    }

    /** What answers. */
    public enum Service {
        /** The private API. */
        API,
        /** The private API where it computes something, which may take as long as a query. */
        COMPUTING,
        /** What takes events, on the host for capturing. */
        CAPTURE,
        /** What evaluates flags, on the host for capturing. */
        FLAGS,
        /** What delivers the definitions of flags, on the host for capturing. */
        FLAG_DEFINITIONS
    }

    /** PostHog's rate limits, each with requests of its own. */
    public enum Limit {
        MANAGEMENT,
        ANALYTICS,
        PERSONS,
        QUERIES,
        /** What is on the host for capturing is not limited by the number of requests. */
        NONE
    }

    /** When a failed request may be sent again. */
    public enum Repeat {
        /** Changes nothing, or the same when done twice. */
        SAFE,
        /** Only when PostHog said that it did nothing. */
        WHEN_REFUSED,
        /** Events have a uuid, so that PostHog knows a repeated one. */
        CAPTURE,
        /** The same in protocol v1, where too many requests (429) are final. */
        CAPTURE_V1,
        /** Somebody waits for the flags: only when PostHog did not see the request. */
        FLAGS,
        /** Never: that it failed is what one wants to know. */
        NEVER
    }

    public static Operation read(String name, Limit limit) {
        return new Operation(name, limit, Repeat.SAFE);
    }

    public static Operation write(String name, Limit limit) {
        return new Operation(name, limit, Repeat.WHEN_REFUSED);
    }

    /** Taking events. */
    public static Operation capture(String name, Repeat repeat) {
        return new Operation(name, Limit.NONE, repeat, Service.CAPTURE);
    }

    /** Evaluating flags, or reading their definitions. */
    public static Operation flags(String name, Service service) {
        return new Operation(name, Limit.NONE, Repeat.FLAGS, service);
    }

    /** Whether it goes to the host for capturing rather than to the private API. */
    public boolean isIngestion() {
        return limit == Limit.NONE;
    }

    /** The same, but it takes as long as a query. */
    public Operation computing() {
        return new Operation(name, limit, repeat, Service.COMPUTING);
    }
}
