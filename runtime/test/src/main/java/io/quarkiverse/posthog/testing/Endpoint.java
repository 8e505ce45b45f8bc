package io.quarkiverse.posthog.testing;

import java.util.List;

/** What an application asks of PostHog. */
public enum Endpoint {

    /** Sending events: {@code /batch/}, or {@code /i/v1/analytics/events} with {@code capture.protocol=v1}. */
    CAPTURE("/batch", "/i/v1/analytics/events"),

    /** Sending AI events: {@code /i/v0/ai/batch/}. */
    CAPTURE_AI("/i/v0/ai/batch"),

    /** Having flags evaluated: {@code /flags/}. */
    FLAGS("*/flags"),

    /** Loading the definitions of flags, to evaluate them in the application: {@code /flags/definitions}. */
    FLAG_DEFINITIONS("/flags/definitions"),

    /** Reading and managing what PostHog has, with the personal key: everything below {@code /api/}. */
    API("/api/"),

    /** Everything. */
    ALL("/");

    private final List<String> paths;

    Endpoint(String... paths) {
        this.paths = List.of(paths);
    }

    /** As the emulator wants them: the beginning of a path, or a pattern with {@code *} for all of it. */
    List<String> paths() {
        return paths;
    }

    boolean matches(String path) {
        String withoutSlash = path.replaceFirst("(?<=.)/$", "");
        return paths.stream().anyMatch(
                it -> it.startsWith("*") ? withoutSlash.endsWith(it.substring(1)) : path.startsWith(it));
    }
}
