package io.quarkiverse.posthog.check;

import java.util.Locale;

/** A check of an account. */
public enum CheckId {

    /** The keys of the account, and the functions that they enable. */
    CONFIGURATION,

    /** Whether the host for capturing events and evaluating flags responds. */
    INGESTION_HOST,

    /** Whether the host of the private API responds. */
    API_HOST,

    /** Whether the hosts and the keys belong to the same region of PostHog Cloud. */
    REGION,

    /** Whether PostHog recognizes the project token. */
    PROJECT_API_KEY,

    /** Whether PostHog recognizes the personal API key. */
    PERSONAL_API_KEY,

    /** Whether the personal API key has the scopes that the extension can use; see {@link CheckReport#scopes()}. */
    SCOPES,

    /** Whether the project exists, and is the project that events are sent to. */
    PROJECT,

    /** Whether the feature flags secure API key can load flag definitions. */
    FEATURE_FLAGS_SECURE_API_KEY,

    /** Whether the clock of this machine agrees with PostHog's clock. */
    CLOCK,

    /** Whether events are delivered. */
    QUEUE,

    /** Whether flag definitions are loaded, if local evaluation is enabled. */
    DEFINITIONS,

    /** Whether the types of properties in the tracking plans agree with PostHog's property definitions. */
    TRACKING_PLAN;

    /** Returns the name in words, such as {@code project API key}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("api", "API");
    }
}
