package io.quarkiverse.posthog.check;

import java.util.Locale;

/** What is looked at. */
public enum CheckId {

    /** Which keys the account has, and so what it can do. */
    CONFIGURATION,

    /** Whether the host answers that takes events and evaluates flags. */
    INGESTION_HOST,

    /** Whether the host of the private API answers. */
    API_HOST,

    /** Whether the hosts and the keys belong to the same region of PostHog Cloud. */
    REGION,

    /** Whether PostHog knows the project token. */
    PROJECT_KEY,

    /** Whether PostHog knows the personal API key. */
    PERSONAL_KEY,

    /** What the personal API key may do, of what the extension can do; see {@link CheckReport#scopes()}. */
    SCOPES,

    /** Whether there is the project that is read from, and whether it is the one that events go to. */
    PROJECT,

    /** Whether the feature flags secure key may read the definitions of flags. */
    SECURE_KEY,

    /** Whether the clock of this machine is that of PostHog. */
    CLOCK,

    /** Whether events are delivered. */
    QUEUE,

    /** Whether the definitions of flags are loaded, where flags are evaluated in this process. */
    DEFINITIONS;

    /** The name in words, such as {@code project key}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("api", "API");
    }
}
