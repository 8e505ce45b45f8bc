package io.quarkiverse.posthog;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The settings of an account that is opened from code with {@link PostHogAccounts#open}.
 * <p>
 * Immutable: each method returns a modified copy. Settings that are not set are taken from the configuration of
 * the account, {@code quarkus.posthog."name".*}, if there is any. The text form does not contain keys.
 *
 * @param projectApiKey the project token ({@code phc_...}), used to capture events and evaluate flags; null for the
 *        configured value, if any
 * @param personalApiKey the personal API key ({@code phx_...}), used to read data and manage flags; null for the
 *        configured value, if any
 * @param host the base URL of PostHog; null for the configured value, PostHog Cloud US by default. This host also replaces a
 *        configured {@code ingestion-host}
 * @param ingestionHost the base URL for capturing events and evaluating flags; null for the configured value, or else
 *        to derive it from the host
 * @param projectId the numeric project ID; null for the configured value, {@code @current} by default
 * @param readTimeout the timeout of requests; null for the configured value
 * @param config further settings, by their names below the account in the configuration
 */
public record AccountSettings(String projectApiKey, String personalApiKey, URI host, URI ingestionHost, String projectId,
        Duration readTimeout, Map<String, String> config) {

    public AccountSettings {
        config = Map.copyOf(config);
    }

    /** Returns settings without any key. */
    public static AccountSettings create() {
        return new AccountSettings(null, null, null, null, null, null, Map.of());
    }

    /** Sets the project token ({@code phc_...}), used to capture events and evaluate flags. */
    @CheckReturnValue
    public AccountSettings projectApiKey(String projectApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the personal API key ({@code phx_...}), used to read data and manage flags. */
    @CheckReturnValue
    public AccountSettings personalApiKey(String personalApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets the feature flags secure API key ({@code phs_...}), used to evaluate flags locally and to read
     * remote configuration. Without it, the personal API key is used instead. Null removes it.
     */
    @CheckReturnValue
    public AccountSettings featureFlagsSecureApiKey(String featureFlagsSecureApiKey) {
        return set("feature-flags-secure-api-key", featureFlagsSecureApiKey);
    }

    /**
     * Sets the base URL: {@code https://us.posthog.com}, {@code https://eu.posthog.com}, or the URL of a self-hosted
     * PostHog. It also replaces a configured {@code ingestion-host}; to set it, use {@link #ingestionHost(URI)}.
     */
    @CheckReturnValue
    public AccountSettings host(URI host) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets the base URL for capturing events and evaluating flags, if it cannot be derived from {@link #host()},
     * for example because of a reverse proxy.
     */
    @CheckReturnValue
    public AccountSettings ingestionHost(URI ingestionHost) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the numeric project ID. */
    @CheckReturnValue
    public AccountSettings projectId(long projectId) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, Long.toString(projectId), readTimeout,
                config);
    }

    /** Sets the timeout of requests. */
    @CheckReturnValue
    public AccountSettings readTimeout(Duration readTimeout) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /**
     * Sets any other configuration property, such as {@code set("capture.flush-at", "500")} for
     * {@code quarkus.posthog."name".capture.flush-at}. Null removes it.
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
