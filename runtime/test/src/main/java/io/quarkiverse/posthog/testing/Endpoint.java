package io.quarkiverse.posthog.testing;

import java.util.List;

/** An endpoint of PostHog. */
public enum Endpoint {

    /** Capturing events: {@code /batch/}, or {@code /i/v1/analytics/events} with {@code capture.protocol=v1}. */
    CAPTURE("/batch", "/i/v1/analytics/events"),

    /** Capturing AI events: {@code /i/v0/ai/batch/}. */
    CAPTURE_AI("/i/v0/ai/batch"),

    /** Evaluating flags: {@code /flags/}. */
    FLAGS("*/flags"),

    /** Loading flag definitions for local evaluation: {@code /flags/definitions}. */
    FLAG_DEFINITIONS("/flags/definitions"),

    /** Reading and managing data with the personal API key: all paths below {@code /api/}. */
    API("/api/"),

    /** All endpoints. */
    ALL("/");

    private final List<String> paths;

    Endpoint(String... paths) {
        this.paths = List.of(paths);
    }

    /** Returns the prefixes of paths, or patterns with {@code *} for whole paths, as the emulator expects them. */
    List<String> paths() {
        return paths;
    }

    boolean matches(String path) {
        String withoutSlash = path.replaceFirst("(?<=.)/$", "");
        return paths.stream().anyMatch(
                it -> it.startsWith("*") ? withoutSlash.endsWith(it.substring(1)) : path.startsWith(it));
    }
}
