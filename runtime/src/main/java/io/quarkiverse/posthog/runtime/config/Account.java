package io.quarkiverse.posthog.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.posthog.AccountSettings;

/**
 * The settings of an account, checked and complete, wherever they come from. The text form shows no keys.
 *
 * @param name the name of the account
 * @param api the base URL of the private API
 * @param ingestion the base URL for capturing
 * @param projectId the project in paths
 * @param readTimeout how long to wait for an answer
 * @param config everything that is used as configured
 */
public record Account(String name, Optional<String> projectApiKey, Optional<String> personalApiKey, URI api, URI ingestion,
        String projectId, Duration readTimeout, AccountConfig config) {

    /** The account as configured. */
    public static Account of(String name, AccountConfig config) {
        return of(name, config, AccountSettings.create());
    }

    /** The account as configured, with settings from code taking precedence. */
    public static Account of(String name, AccountConfig config, AccountSettings settings) {
        String hostKey = AccountNames.key(name, "host");
        URI api = Hosts.api(hostKey, settings.host() == null ? config.host() : settings.host().toString());
        Optional<String> ingestionHost = settings.host() == null ? config.ingestionHost() : Optional.empty();
        URI ingestion = Optional.ofNullable(settings.ingestionHost()).map(URI::toString).or(() -> ingestionHost)
                .map(text -> Hosts.parse(AccountNames.key(name, "ingestion-host"), text))
                .orElseGet(() -> Hosts.ingestion(api));
        Account account = new Account(name,
                key(settings.projectApiKey(), config.projectApiKey()),
                key(settings.personalApiKey(), config.personalApiKey()),
                api, ingestion,
                settings.projectId() == null ? config.projectId().strip() : settings.projectId(),
                settings.readTimeout() == null ? config.readTimeout() : settings.readTimeout(),
                config);
        account.check();
        return account;
    }

    private static Optional<String> key(String setting, Optional<String> configured) {
        return Optional.ofNullable(setting).or(() -> configured).map(String::strip).filter(key -> !key.isEmpty());
    }

    private void check() {
        // A personal key in place of the project token would be sent in the body of every event
        projectApiKey.filter(key -> key.startsWith("phx_")).ifPresent(key -> {
            throw new IllegalArgumentException(AccountNames.key(name, "project-api-key")
                    + " holds a personal API key (phx_), but needs the project token, which begins with phc_");
        });
        personalApiKey.filter(key -> key.startsWith("phc_")).ifPresent(key -> {
            throw new IllegalArgumentException(AccountNames.key(name, "personal-api-key")
                    + " holds a project token (phc_), but needs a personal API key, which begins with phx_");
        });
        if (!projectId.equals("@current") && !projectId.matches("\\d+")) {
            throw new IllegalArgumentException(AccountNames.key(name, "project-id")
                    + " must be a number or @current, but is '" + projectId + "'");
        }
    }

    /** Whether the account can do anything at all. */
    public boolean hasKeys() {
        return projectApiKey.isPresent() || personalApiKey.isPresent();
    }

    /** What must never be seen in a log or a message. */
    public List<String> secrets() {
        return Stream.of(projectApiKey, personalApiKey).flatMap(Optional::stream).toList();
    }

    /** Whether requests are kept under PostHog's rate limits. */
    public boolean budgeted() {
        return config.budget().enabled().orElseGet(() -> Hosts.isCloud(api));
    }

    @Override
    public String toString() {
        return "Account[name=" + name + ", api=" + api + ", ingestion=" + ingestion + ", projectId=" + projectId + "]";
    }
}
