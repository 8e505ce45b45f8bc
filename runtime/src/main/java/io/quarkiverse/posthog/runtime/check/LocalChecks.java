package io.quarkiverse.posthog.runtime.check;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/** Checks that do not require a request. */
final class LocalChecks {

    private final ResolvedAccountConfig account;

    LocalChecks(ResolvedAccountConfig account) {
        this.account = account;
    }

    private String key(String property) {
        return AccountNames.key(account.name(), property);
    }

    Check configuration() {
        List<String> can = new ArrayList<>();
        account.projectApiKey().ifPresent(key -> can.add("capture events and evaluate flags"));
        account.personalApiKey().ifPresent(key -> can.add("read data and manage flags"));
        if (account.localEvaluation()) {
            can.add("evaluate flags locally");
        }
        String found = "the account can " + String.join(", ", can);
        return account.projectApiKey().filter(key -> !key.startsWith("phc_")).isPresent()
                ? CheckResults.warning(CheckId.CONFIGURATION,
                        found + "; but " + key("project-api-key") + " does not begin with phc_",
                        "copy the project token from the PostHog project settings")
                : CheckResults.ok(CheckId.CONFIGURATION, found);
    }

    Check queue(CaptureStatus status, boolean optedOut) {
        if (account.projectApiKey().isEmpty()) {
            return CheckResults.skipped(CheckId.QUEUE, "events are not captured without a project token");
        }
        Map<DropReason, Long> lost = status.dropped().entrySet().stream()
                .filter(dropped -> !dropped.getKey().isIntentional())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String counts = status.delivered() + " events delivered, " + status.queued() + " queued";
        if (status.lastFailure().isPresent()) {
            return CheckResults.failed(CheckId.QUEUE, counts + "; the last request failed: "
                    + ConnectionFailureClassifier.message(status.lastFailure().get()),
                    status.pausedUntil().isPresent() ? "resolve the reported failure; queued events are retried at "
                            + status.pausedUntil().get().truncatedTo(ChronoUnit.SECONDS) : "resolve the reported failure");
        }
        if (!lost.isEmpty()) {
            return CheckResults.warning(CheckId.QUEUE, counts + ", " + lost.values().stream().mapToLong(Long::longValue).sum()
                    + " dropped: " + lost, "see the warnings of the log category io.quarkiverse.posthog.capture");
        }
        return optedOut ? CheckResults.skipped(CheckId.QUEUE, "capturing is disabled by " + key("capture.enabled")
                + " or optOut()") : CheckResults.ok(CheckId.QUEUE, counts);
    }

    Check definitions(FlagDefinitionsStatus status) {
        if (!status.enabled()) {
            return CheckResults.skipped(CheckId.DEFINITIONS, "local evaluation is disabled");
        }
        String failure = status.lastFailure().map(ConnectionFailureClassifier::message).orElse(null);
        if (!status.loaded()) {
            return failure == null ? CheckResults.warning(CheckId.DEFINITIONS, "not loaded yet", "try again in a moment")
                    : CheckResults.failed(CheckId.DEFINITIONS, "could not be loaded; PostHog evaluates all flags: " + failure,
                            "resolve the reported failure; see also " + CheckId.FEATURE_FLAGS_SECURE_API_KEY.title());
        }
        String loaded = status.flagCount() + " flags, property matching version " + status.propertyMatchingVersion()
                + ", confirmed at " + status.confirmedAt().map(Object::toString).orElse("?");
        return failure == null ? CheckResults.ok(CheckId.DEFINITIONS, loaded)
                : CheckResults.warning(CheckId.DEFINITIONS, loaded + "; later updates failed: " + failure,
                        "resolve the reported failure");
    }
}
