package io.quarkiverse.posthog.runtime.check;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.KeyApi.Key;
import io.quarkiverse.posthog.runtime.rest.KeyApi.Project;

/** Whether PostHog knows the keys of an account. */
final class KeyChecks {

    private final Account account;

    KeyChecks(Account account) {
        this.account = account;
    }

    private String key(String property) {
        return AccountNames.key(account.name(), property);
    }

    Check projectKey(Answer<?> flags) {
        if (!flags.isSent()) {
            return Check.skipped(CheckId.PROJECT_KEY, "there is none, so that no events are captured and no flags evaluated")
                    .advising("to capture events, set " + key("project-api-key"));
        }
        if (flags.isSuccess()) {
            return Check.ok(CheckId.PROJECT_KEY, "PostHog knows it");
        }
        if (flags.isStatus(401) || flags.isStatus(403) || flags.isStatus(400)) {
            // Events with it would be answered with 200 all the same
            return Check.failed(CheckId.PROJECT_KEY, "PostHog does not know it (" + Failures.message(flags.failure())
                    + "), and drops all events without a word",
                    "copy the project token from the settings of the project in PostHog into " + key("project-api-key"));
        }
        return unknown(CheckId.PROJECT_KEY, flags);
    }

    /** @param project what came of another request with the key, which some keys can do that can't ask for themselves */
    Check personalKey(Answer<Key> current, Answer<Project> project) {
        if (!current.isSent()) {
            return Check.skipped(CheckId.PERSONAL_KEY, "there is none, so that nothing is read from PostHog")
                    .advising("to read events, persons and so on, or manage flags, set " + key("personal-api-key"));
        }
        if (current.isSuccess() || project.isSuccess() || project.missingScope().isPresent()) {
            return Check.ok(CheckId.PERSONAL_KEY, "PostHog knows it");
        }
        if (current.isStatus(401)) {
            return Check.failed(CheckId.PERSONAL_KEY, "PostHog does not know it: " + Failures.message(current.failure()),
                    "create a key under 'Personal API keys' in the settings of your account in PostHog, and copy it into "
                            + key("personal-api-key"));
        }
        return unknown(CheckId.PERSONAL_KEY, current);
    }

    /** @param remoteConfig what came of asking for a flag that does not exist; that is only told to who may ask */
    Check secureKey(Answer<?> remoteConfig, Check projectKey) {
        if (account.ownSecureKey().isEmpty()) {
            return Check.skipped(CheckId.SECURE_KEY, account.localEvaluation()
                    ? "there is none; flags are read with the personal API key"
                    : "there is none, so that PostHog evaluates all flags");
        }
        if (!remoteConfig.isSent() || projectKey.status() != CheckStatus.OK) {
            return Check.skipped(CheckId.SECURE_KEY, "it can't be tried without a project token that PostHog knows");
        }
        if (remoteConfig.isSuccess()) {
            return Check.ok(CheckId.SECURE_KEY, "may read the definitions of flags");
        }
        if (remoteConfig.isStatus(401)) {
            return Check.failed(CheckId.SECURE_KEY, "PostHog does not know it: " + Failures.message(remoteConfig.failure()),
                    "copy the feature flags secure API key from the settings of the project in PostHog into "
                            + key("feature-flags-secure-key"));
        }
        if (remoteConfig.isStatus(403)) {
            return Check.failed(CheckId.SECURE_KEY, "it is not for the project of the project token: "
                    + Failures.message(remoteConfig.failure()),
                    "take " + key("feature-flags-secure-key") + " and " + key("project-api-key")
                            + " from the settings of the same project");
        }
        return unknown(CheckId.SECURE_KEY, remoteConfig);
    }

    /** Neither accepted nor refused. */
    private static Check unknown(CheckId id, Answer<?> answer) {
        return HostCheck.isAnswered(answer)
                ? Check.warning(id, "could not be tried: " + Failures.message(answer.failure()), "try again later")
                : Check.skipped(id, "could not be tried, because PostHog was not reached");
    }
}
