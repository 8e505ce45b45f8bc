package io.quarkiverse.posthog.runtime.health;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig.ReadinessCondition;

/**
 * The health of an account.
 *
 * @param keys the results of the key verification; empty if the keys were not verified
 */
record AccountHealth(String name, CaptureStatus capture, FlagDefinitionsStatus definitions, CaptureConfig config,
        Optional<List<Check>> keys) {

    private static final double FULL = 0.9;
    private static final Set<CheckId> KEYS = EnumSet.of(CheckId.PROJECT_API_KEY, CheckId.PERSONAL_API_KEY,
            CheckId.FEATURE_FLAGS_SECURE_API_KEY);

    /**
     * Reads the health of an account.
     *
     * @param report the report of the key verification; null if the keys were not verified
     */
    static AccountHealth of(PostHogClient account, CheckReport report) {
        return new AccountHealth(account.settings().name(), account.captureStatus(),
                account.flagDefinitionsStatus(), account.settings().config().capture(), Optional.ofNullable(report)
                        .map(it -> it.checks().stream().filter(check -> KEYS.contains(check.id())).toList()));
    }

    Set<ReadinessCondition> problems() {
        Set<ReadinessCondition> problems = EnumSet.noneOf(ReadinessCondition.class);
        if (definitions.enabled() && !definitions.loaded()) {
            problems.add(ReadinessCondition.DEFINITIONS);
        }
        if (capture.lastFailure().isPresent()) {
            problems.add(ReadinessCondition.DELIVERY);
        }
        // With a spool, there can be more events than fit into memory
        if (config.spool().directory().isEmpty() && isAlmostFull(config.queue())) {
            problems.add(ReadinessCondition.QUEUE);
        }
        if (keys.isPresent() && !keysWith(CheckStatus.FAILED).isEmpty()) {
            problems.add(ReadinessCondition.KEYS);
        }
        return problems;
    }

    private List<Check> keysWith(CheckStatus status) {
        return keys.orElseThrow().stream().filter(key -> key.status() == status).toList();
    }

    private boolean isAlmostFull(QueueConfig queue) {
        return capture.queued() >= FULL * queue.maxEvents()
                || capture.queuedBytes() >= FULL * queue.maxSize().asLongValue();
    }

    void addTo(BiConsumer<String, String> data) {
        data.accept(name + ".delivery", capture.lastFailure().map(failure -> "failing: " + failure)
                .orElse(capture.requests() == 0 ? "nothing sent yet" : "ok"));
        data.accept(name + ".queue", capture.queued() + " events");
        data.accept(name + ".dropped", capture.totalDropped() + " events");
        if (keys.isPresent()) {
            data.accept(name + ".keys", keysText());
        }
        if (definitions.enabled()) {
            data.accept(name + ".definitions", definitions.loaded()
                    ? definitions.flagCount() + " flags" + definitions.age(Instant.now())
                            .map(age -> ", confirmed " + age.toSeconds() + " s ago").orElse("")
                    : definitions.lastFailure().map(failure -> "missing: " + failure).orElse("not loaded yet"));
        }
    }

    private String keysText() {
        List<Check> failed = keysWith(CheckStatus.FAILED);
        if (!failed.isEmpty()) {
            return failed.stream().map(key -> key.id().title() + ": " + key.message()).collect(Collectors.joining("; "));
        }
        List<Check> verified = keysWith(CheckStatus.OK);
        return verified.isEmpty() ? "not verified"
                : verified.stream().map(key -> key.id().title()).collect(Collectors.joining(", ", "verified: ", ""));
    }
}
