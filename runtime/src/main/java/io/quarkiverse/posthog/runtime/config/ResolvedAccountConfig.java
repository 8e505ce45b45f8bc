package io.quarkiverse.posthog.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.posthog.AccountSettings;
import io.smallrye.config.Secret;

/**
 * The validated and complete settings of an account. The text form does not contain keys.
 *
 * @param name the name of the account
 * @param secureKey the key for flag definitions and remote configuration: the feature flags secure API key, or else the
 *        personal API key
 * @param api the base URL of the private API
 * @param ingestion the base URL for capturing and for evaluating flags
 * @param projectId the project ID in paths
 * @param readTimeout the timeout of requests to the private API
 * @param config all other settings
 */
public record ResolvedAccountConfig(String name, Optional<String> projectApiKey, Optional<String> personalApiKey,
        Optional<String> secureKey,
        URI api, URI ingestion, String projectId, Duration readTimeout, AccountConfig config) {

    /** The time for which PostHog Cloud runs or queues a query, approximately. */
    private static final Duration MIN_QUERY_TIMEOUT = Duration.ofMinutes(1);

    private static final String QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019";

    /** Returns the account as configured. */
    public static ResolvedAccountConfig of(String name, AccountConfig config) {
        return of(name, config, AccountSettings.create());
    }

    /** Returns the account with settings from code, which take precedence over the configuration. */
    public static ResolvedAccountConfig of(String name, AccountConfig configured, AccountSettings settings) {
        AccountConfig config = settings.config().isEmpty() ? configured : AccountConfigOverrides.of(name, settings.config());
        URI api = PostHogHosts.api(label(name, "host", settings.host()),
                settings.host() == null ? config.host() : settings.host().toString());
        Optional<String> ingestionHost = settings.host() == null ? config.ingestionHost() : Optional.empty();
        URI ingestion = Optional.ofNullable(settings.ingestionHost()).map(URI::toString).or(() -> ingestionHost)
                .map(text -> PostHogHosts.parse(label(name, "ingestion-host", settings.ingestionHost()), text))
                .orElseGet(() -> PostHogHosts.ingestion(api));
        Optional<String> personalApiKey = key(settings.personalApiKey(), config.personalApiKey().map(Secret::get));
        ResolvedAccountConfig account = new ResolvedAccountConfig(name,
                key(settings.projectApiKey(), config.projectApiKey()),
                personalApiKey,
                key(null, config.featureFlagsSecureApiKey().map(Secret::get)).or(() -> personalApiKey),
                api, ingestion,
                settings.projectId() == null ? config.projectId().strip() : settings.projectId(),
                settings.readTimeout() == null ? config.readTimeout() : settings.readTimeout(),
                config);
        account.check(settings);
        return account;
    }

    /** Returns the name of a setting in messages: its configuration key, unless it was set from code. */
    private static String label(String name, String property, Object setting) {
        return setting == null ? AccountNames.key(name, property) : "the " + property + " of PostHog account '" + name + "'";
    }

    private static Optional<String> key(String setting, Optional<String> configured) {
        return Optional.ofNullable(setting).or(() -> configured).map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    private void check(AccountSettings settings) {
        new ConfigValidator(name).validate(config);
        requireNoQuotes("project-api-key", projectApiKey, settings.projectApiKey());
        requireNoQuotes("personal-api-key", personalApiKey, settings.personalApiKey());
        requireNoQuotes("feature-flags-secure-api-key", secureKey, null);
        // A private key in place of the project token would be sent in the body of every event
        projectApiKey.filter(key -> key.matches("ph[xsa]_.*")).ifPresent(key -> {
            throw new IllegalArgumentException(label(name, "project-api-key", settings.projectApiKey())
                    + " holds a private key (" + key.substring(0, 4)
                    + "), but needs the project token, which begins with phc_");
        });
        personalApiKey.filter(key -> key.startsWith("phc_")).ifPresent(key -> {
            throw new IllegalArgumentException(label(name, "personal-api-key", settings.personalApiKey())
                    + " holds a project token (phc_), but needs a personal API key, which begins with phx_");
        });
        secureKey.filter(key -> key.startsWith("phc_")).ifPresent(key -> {
            throw new IllegalArgumentException(AccountNames.key(name, "feature-flags-secure-api-key")
                    + " holds a project token (phc_), but needs the feature flags secure API key, which begins with phs_");
        });
        if (localEvaluation() && (projectApiKey.isEmpty() || secureKey.isEmpty())) {
            throw new IllegalArgumentException(AccountNames.key(name, "flags.local-evaluation") + " is true, which requires "
                    + AccountNames.key(name, projectApiKey.isEmpty() ? "project-api-key" : "feature-flags-secure-api-key"));
        }
        if (!projectId.equals("@current") && !projectId.matches("\\d+")) {
            boolean key = projectId.matches("ph[a-z]_.*");
            throw new IllegalArgumentException(label(name, "project-id", settings.projectId())
                    + " must be a number or @current, but is " + (key ? "a key" : "'" + projectId + "'"));
        }
    }

    /** Rejects a key in quotation marks. The message does not contain the key. */
    private void requireNoQuotes(String property, Optional<String> key, Object setting) {
        key.filter(ResolvedAccountConfig::isQuoted).ifPresent(text -> {
            throw new IllegalArgumentException(label(name, property, setting) + " is in quotation marks; remove them, because"
                    + " they would be part of the key (docker run --env-file keeps quotation marks)");
        });
    }

    private static boolean isQuoted(String key) {
        return QUOTES.indexOf(key.charAt(0)) >= 0 || QUOTES.indexOf(key.charAt(key.length() - 1)) >= 0;
    }

    /** Returns whether the configuration of an account contains a key. It can be invalid in other ways. */
    public static boolean hasKeys(AccountConfig config) {
        return key(null, config.projectApiKey()).isPresent() || key(null, config.personalApiKey().map(Secret::get)).isPresent();
    }

    /** Returns whether the account has a project token or a personal API key. */
    public boolean hasKeys() {
        return projectApiKey.isPresent() || personalApiKey.isPresent();
    }

    /** Returns the timeout of a request that runs a query. */
    public Duration queryTimeout() {
        return readTimeout.compareTo(MIN_QUERY_TIMEOUT) < 0 ? MIN_QUERY_TIMEOUT : readTimeout;
    }

    /** Returns whether local evaluation is enabled. */
    public boolean localEvaluation() {
        FlagsConfig flags = config.flags();
        return flags.enabled() && flags.localEvaluation().orElseGet(
                () -> projectApiKey.isPresent() && key(null, config.featureFlagsSecureApiKey().map(Secret::get)).isPresent());
    }

    /** Returns the feature flags secure API key; empty if the personal API key is used instead. */
    public Optional<String> dedicatedSecureKey() {
        return secureKey.filter(key -> !personalApiKey.equals(Optional.of(key)));
    }

    /** Returns the region of PostHog Cloud for a base URL; empty for any other host. */
    public static Optional<String> cloudRegion(URI base) {
        return PostHogHosts.region(base);
    }

    /** Returns the keys, which logs and messages must never contain. */
    public List<String> secrets() {
        return Stream.of(projectApiKey, personalApiKey, secureKey).flatMap(Optional::stream).toList();
    }

    /** Returns whether the client-side rate limits apply. */
    public boolean isRateLimited() {
        return config.rateLimit().enabled().orElseGet(() -> PostHogHosts.isCloud(api));
    }

    @Override
    public String toString() {
        return "Account[name=" + name + ", api=" + api + ", ingestion=" + ingestion + ", projectId=" + projectId + "]";
    }
}
