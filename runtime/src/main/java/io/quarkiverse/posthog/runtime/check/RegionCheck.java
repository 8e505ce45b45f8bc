package io.quarkiverse.posthog.runtime.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/**
 * Checks whether the hosts and keys belong to the same region of PostHog Cloud. Each region rejects the keys of the other
 * region like any invalid key. Keys are not tried in the other region, because they are only sent to the configured host.
 */
final class RegionCheck {

    private RegionCheck() {
    }

    static Check check(ResolvedAccountConfig account, Check projectKey, Check personalKey) {
        Optional<String> api = ResolvedAccountConfig.cloudRegion(account.api());
        Optional<String> ingestion = ResolvedAccountConfig.cloudRegion(account.ingestion());
        if (api.isPresent() && ingestion.isPresent() && !api.equals(ingestion)) {
            return CheckResults.failed(CheckId.REGION, "events and flag requests go to PostHog Cloud " + ingestion.get()
                    + ", all other requests to PostHog Cloud " + api.get(),
                    "remove " + AccountNames.key(account.name(), "ingestion-host") + ", which is derived from "
                            + AccountNames.key(account.name(), "host"));
        }
        if (api.isEmpty()) {
            return CheckResults.skipped(CheckId.REGION, account.api() + " is not PostHog Cloud");
        }
        List<String> unknown = new ArrayList<>();
        if (projectKey.status() == CheckStatus.FAILED && ingestion.isPresent()) {
            unknown.add("project-api-key");
        }
        if (personalKey.status() == CheckStatus.FAILED) {
            unknown.add("personal-api-key");
        }
        return unknown.isEmpty() ? CheckResults.ok(CheckId.REGION, "PostHog Cloud " + api.get())
                : otherRegion(account.name(), api.get(), String.join(" and ", unknown));
    }

    private static Check otherRegion(String account, String region, String keys) {
        String other = region.equals("US") ? "EU" : "US";
        String url = "https://" + other.toLowerCase(Locale.ROOT) + ".posthog.com";
        return CheckResults.warning(CheckId.REGION, "PostHog Cloud " + region + " does not recognize " + keys
                + "; keys of PostHog Cloud " + other + " are only valid there",
                "if you log in at " + url + ", set " + AccountNames.key(account, "host") + "=" + url);
    }
}
