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
 * @param projectApiKey the project token ({@code phc_...}), for capturing events; null for an account that only reads
 * @param personalApiKey the personal API key ({@code phx_...}), for the private API; null for an account that only captures
 * @param host the base URL of PostHog, null for PostHog Cloud US
 * @param ingestionHost the base URL for capturing, null to derive it from {@code host}
 * @param projectId the numeric project id, null for {@code @current}
 * @param readTimeout how long to wait for an answer, null for the default
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

    /** Sets the project token ({@code phc_...}), which capturing events needs. */
    @CheckReturnValue
    public AccountSettings projectApiKey(String projectApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the personal API key ({@code phx_...}), which everything but capturing needs. */
    @CheckReturnValue
    public AccountSettings personalApiKey(String personalApiKey) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the base URL: {@code https://us.posthog.com}, {@code https://eu.posthog.com}, or that of a self-hosted PostHog. */
    @CheckReturnValue
    public AccountSettings host(URI host) {
        return new AccountSettings(projectApiKey, personalApiKey, host, ingestionHost, projectId, readTimeout,
                config);
    }

    /** Sets the base URL for capturing, where it can't be derived from {@link #host()}, such as a reverse proxy. */
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
     * {@code quarkus.posthog."name".capture.flush-at} in the configuration.
     */
    @CheckReturnValue
    public AccountSettings set(String property, String value) {
        Map<String, String> changed = new TreeMap<>(config);
        changed.put(property, value);
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
