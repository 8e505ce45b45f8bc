package io.quarkiverse.posthog.runtime.check;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Project;

/** Checks whether PostHog recognizes the keys of an account. */
final class KeyChecks {

    private final ResolvedAccountConfig account;

    KeyChecks(ResolvedAccountConfig account) {
        this.account = account;
    }

    private String key(String property) {
        return AccountNames.key(account.name(), property);
    }

    Check projectKey(ProbeResult<?> flags) {
        if (!flags.isSent()) {
            return CheckResults.skipped(CheckId.PROJECT_API_KEY, "not set; events are not captured and flags are not evaluated",
                    "to capture events, set " + key("project-api-key"));
        }
        if (flags.isSuccess()) {
            return CheckResults.ok(CheckId.PROJECT_API_KEY, "PostHog recognizes it");
        }
        if (flags.isStatus(401) || flags.isStatus(403) || flags.isStatus(400)) {
            // PostHog acknowledges events even if the token is invalid
            return CheckResults.failed(CheckId.PROJECT_API_KEY,
                    "PostHog does not recognize it (" + ConnectionFailureClassifier.message(flags.failure())
                            + "), and silently drops all events",
                    "copy the project token from the PostHog project settings to " + key("project-api-key"));
        }
        return unknown(CheckId.PROJECT_API_KEY, flags);
    }

    /**
     * Checks the personal API key.
     *
     * @param current the result of the request for the key itself, which some keys do not permit
     * @param project the result of another request with the key
     */
    Check personalKey(ProbeResult<Key> current, ProbeResult<Project> project) {
        if (!current.isSent()) {
            return CheckResults.skipped(CheckId.PERSONAL_API_KEY, "not set; data cannot be read from PostHog",
                    "to read data or manage flags, set " + key("personal-api-key"));
        }
        if (current.isSuccess() || project.isSuccess() || project.missingScope().isPresent()) {
            return CheckResults.ok(CheckId.PERSONAL_API_KEY, "PostHog recognizes it");
        }
        if (current.isStatus(401)) {
            return CheckResults.failed(CheckId.PERSONAL_API_KEY,
                    "PostHog does not recognize it: " + ConnectionFailureClassifier.message(current.failure()),
                    "create a key in PostHog under Settings > Personal API keys, and copy it to "
                            + key("personal-api-key"));
        }
        return unknown(CheckId.PERSONAL_API_KEY, current);
    }

    /**
     * Checks the feature flags secure API key.
     *
     * @param remoteConfig the result of the request for a flag that does not exist, which succeeds only with a valid key
     */
    Check secureKey(ProbeResult<?> remoteConfig, Check projectKey) {
        if (account.dedicatedSecureKey().isEmpty()) {
            return CheckResults.skipped(CheckId.FEATURE_FLAGS_SECURE_API_KEY, account.localEvaluation()
                    ? "not set; flag definitions are loaded with the personal API key"
                    : "not set; PostHog evaluates all flags");
        }
        if (!remoteConfig.isSent() || projectKey.status() != CheckStatus.OK) {
            return CheckResults.skipped(CheckId.FEATURE_FLAGS_SECURE_API_KEY,
                    "not checked, because this requires a valid project token");
        }
        if (remoteConfig.isSuccess()) {
            return CheckResults.ok(CheckId.FEATURE_FLAGS_SECURE_API_KEY, "can load flag definitions");
        }
        if (remoteConfig.isStatus(401)) {
            return CheckResults.failed(CheckId.FEATURE_FLAGS_SECURE_API_KEY,
                    "PostHog does not recognize it: " + ConnectionFailureClassifier.message(remoteConfig.failure()),
                    "copy the feature flags secure API key from the PostHog project settings to "
                            + key("feature-flags-secure-api-key"));
        }
        if (remoteConfig.isStatus(403)) {
            return CheckResults.failed(CheckId.FEATURE_FLAGS_SECURE_API_KEY,
                    "it does not belong to the project of the project token: "
                            + ConnectionFailureClassifier.message(remoteConfig.failure()),
                    "copy " + key("feature-flags-secure-api-key") + " and " + key("project-api-key")
                            + " from the settings of the same project");
        }
        return unknown(CheckId.FEATURE_FLAGS_SECURE_API_KEY, remoteConfig);
    }

    /** Returns the result for a key that was neither accepted nor rejected. */
    private static Check unknown(CheckId id, ProbeResult<?> result) {
        return HostCheck.hasResponse(result)
                ? CheckResults.warning(id, "could not be checked: " + ConnectionFailureClassifier.message(result.failure()),
                        "try again later")
                : CheckResults.skipped(id, "could not be checked, because PostHog was not reached");
    }
}
