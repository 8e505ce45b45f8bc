package io.quarkiverse.posthog.emulator.http;

import java.util.Arrays;
import java.util.Optional;

/** The groups of endpoints that share a rate limit, with PostHog's limits. */
public enum RateLimitGroup {
    DEFAULT("default", 480, 4800),
    CLICKHOUSE("clickhouse", 240, 1200),
    PERSONS("persons", 240, 0),
    PERSON_DELETE("personDelete", 480, 4800),
    QUERY("query", 240, 2400),
    REMOTE_CONFIG("remoteConfig", 600, 0),
    FLAG_DEFINITIONS("flagDefinitions", 600, 0);

    private final String label;
    private final RateLimit real;

    RateLimitGroup(String label, int perMinute, int perHour) {
        this.label = label;
        this.real = new RateLimit(perMinute, 60, perHour, 3600);
    }

    public String label() {
        return label;
    }

    /** The limit of PostHog Cloud. */
    public RateLimit real() {
        return real;
    }

    public static Optional<RateLimitGroup> of(String label) {
        return Arrays.stream(values()).filter(value -> value.label.equals(label)).findFirst();
    }
}
