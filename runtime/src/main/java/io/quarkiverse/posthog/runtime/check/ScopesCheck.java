package io.quarkiverse.posthog.runtime.check;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.KeyScope;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;

/** Compares the scopes of the personal API key with the scopes that the extension can use. */
final class ScopesCheck {

    private static final String ALL = "*";
    private static final String READ_FLAGS = "feature_flag:read";

    /** All scopes that the extension can use, none of them granted. */
    private static final List<KeyScope> NEEDED = List.of(
            new KeyScope("query:read", "events and queries", false),
            new KeyScope("person:read", "persons and cohort members", false),
            new KeyScope(READ_FLAGS, "reading flags", false),
            new KeyScope("feature_flag:write", "changing flags", false),
            new KeyScope("insight:read", "insights", false),
            new KeyScope("dashboard:read", "dashboards", false),
            new KeyScope("cohort:read", "cohorts", false),
            new KeyScope("project:read", "checking the project", false));

    private ScopesCheck() {
    }

    /** Returns the scopes; empty if PostHog did not return the scopes of the key. */
    static List<KeyScope> of(ProbeResult<Key> current) {
        if (!current.isSuccess() || current.body() == null || current.body().scopes() == null) {
            return List.of();
        }
        List<String> granted = current.body().scopes();
        return NEEDED.stream()
                .map(need -> new KeyScope(need.scope(), need.neededFor(), isGranted(need.scope(), granted)))
                .toList();
    }

    /** Returns whether a scope is granted. Write access includes read access. */
    private static boolean isGranted(String scope, List<String> granted) {
        return granted.contains(ALL) || granted.contains(scope) || granted.contains(scope.replace(":read", ":write"));
    }

    static Check check(ResolvedAccountConfig account, ProbeResult<Key> current, List<KeyScope> scopes, Check personalKey) {
        if (scopes.isEmpty()) {
            return CheckResults.skipped(CheckId.SCOPES,
                    !current.isSent() ? "not checked, because the personal API key is not set"
                            : personalKey.isProblem() ? "see " + CheckId.PERSONAL_API_KEY.title()
                                    : "PostHog did not return the scopes of the key");
        }
        List<KeyScope> missing = scopes.stream().filter(scope -> !scope.granted()).toList();
        if (missing.isEmpty()) {
            return CheckResults.ok(CheckId.SCOPES, "the personal API key has all scopes that the extension can use");
        }
        String key = AccountNames.key(account.name(), "personal-api-key");
        if (account.localEvaluation() && account.dedicatedSecureKey().isEmpty()
                && missing.stream().anyMatch(scope -> scope.scope().equals(READ_FLAGS))) {
            return CheckResults.failed(CheckId.SCOPES, "local evaluation is enabled, but " + key + " lacks the scope "
                    + READ_FLAGS + " to load flag definitions",
                    "add the scope to the key in PostHog, or set "
                            + AccountNames.key(account.name(), "feature-flags-secure-api-key"));
        }
        return CheckResults.warning(CheckId.SCOPES, "the personal API key cannot be used for "
                + missing.stream().map(scope -> scope.neededFor() + " (" + scope.scope() + ")")
                        .collect(Collectors.joining(", ")),
                "add the scopes that the application needs to the key in PostHog");
    }
}
