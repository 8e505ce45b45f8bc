package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;

import io.quarkiverse.posthog.PostHogAccounts;

/** The libraries that are compared. */
enum Library {

    QUARKUS_POSTHOG("quarkus-posthog"),
    POSTHOG_SERVER("posthog-server");

    private final String title;

    Library(String title) {
        this.title = title;
    }

    @JsonValue
    String title() {
        return title;
    }

    CaptureClient open(PostHogAccounts accounts, URI sink, Map<String, String> settings) {
        return switch (this) {
            case QUARKUS_POSTHOG -> new QuarkusPostHogClient(accounts, sink, settings);
            case POSTHOG_SERVER -> new PostHogServerClient(sink, settings);
        };
    }
}
