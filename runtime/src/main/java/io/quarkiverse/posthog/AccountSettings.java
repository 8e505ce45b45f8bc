package io.quarkiverse.posthog;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Settings of an account that is opened from code with {@link PostHogAccounts#open}.
 * <p>
 * Immutable: each method returns a changed copy. What is not set is taken from the configuration of
 * the account, {@code quarkus.posthog."name".*}, where there is any. The text form shows no keys.
 *
 * @param projectApiKey the project token ({@code phc_...}), which captures events and evaluates flags; null for what
 *        is configured, if anything
 * @param personalApiKey the personal API key ({@code phx_...}), which reads, queries and manages flags; null for what
 *        is configured, if anything
 * @param host the base URL of PostHog; null for what is configured, PostHog Cloud US by default. A host that is set
 *        here replaces a configured {@code ingestion-host}, too
 * @param ingestionHost the base URL for capturing events and evaluating flags; null for what is configured, or else
 *        to derive it from the host
 * @param projectId the numeric project id; null for what is configured, {@code @current} by default
 * @param readTimeout how long to wait for an answer; null for what is configured
 * @param config further settings, by the name that stands in the configuration after the account
 */
public record AccountSettings(String projectApiKey, String personalApiKey, URI host, URI ingestionHost, String projectId,
        Duration readTimeout, Map<String, String> config) {

    public AccountSettings {
        config = Map.copyOf(config);
    }

    /** Settings without any key. */
    public static AccountSettings create() {
        return new AccountSettings(null, null, null, null, null, null, Map.of());
    }

    /** Sets the project token ({@code phc_...}), which captures events and evaluates flags. */
    @CheckReturnValue
    public AccountSettings projectApiKey(String projectApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the personal API key ({@code phx_...}), which reads, queries and manages flags. */
    @CheckReturnValue
    public AccountSettings personalApiKey(String personalApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets the feature flags secure API key ({@code phs_...}): with it, flags are evaluated in this process, and
     * remote configuration is read. Without it, the personal API key can stand in for it. Null takes it back.
     */
    @CheckReturnValue
    public AccountSettings featureFlagsSecureKey(String featureFlagsSecureKey) {
        return set("feature-flags-secure-key", featureFlagsSecureKey);
    }

    /**
     * Sets the base URL: {@code https://us.posthog.com}, {@code https://eu.posthog.com}, or that of a self-hosted
     * PostHog. It replaces a configured {@code ingestion-host}, too; for another one see {@link #ingestionHost(URI)}.
     */
    @CheckReturnValue
    public AccountSettings host(URI host) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets the base URL for capturing events and evaluating flags, where it can't be derived from {@link #host()},
     * such as a reverse proxy.
     */
    @CheckReturnValue
    public AccountSettings ingestionHost(URI ingestionHost) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the numeric project id. */
    @CheckReturnValue
    public AccountSettings projectId(long projectId) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, Long.toString(projectId), readTimeout,
                config);
    }

    /** Sets how long to wait for an answer. */
    @CheckReturnValue
    public AccountSettings readTimeout(Duration readTimeout) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets anything else that can be configured, such as {@code set("capture.flush-at", "500")} for what is
     * {@code quarkus.posthog."name".capture.flush-at} in the configuration. Null takes it back.
     */
    @CheckReturnValue
    public AccountSettings set(String property, String value) {
        Map<String, String> changed = new TreeMap<>(config);
        if (value == null) {
            changed.remove(property);
        } else {
            changed.put(property, value);
        }
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout, changed);
    }

    @Override
    public String toString() {
        return "AccountSettings[projectApiKey=" + presence(projectApiKey) + ", personalApiKey=" + presence(personalApiKey)
                + ", host=" + host + ", ingestionHost=" + ingestionHost + ", projectId=" + projectId + ", readTimeout="
                + readTimeout + ", config=" + config.keySet() + "]";
    }

    private static String presence(String key) {
        return key == null ? "none" : "***";
    }
}
