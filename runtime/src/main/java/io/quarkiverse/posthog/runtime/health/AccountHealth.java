package io.quarkiverse.posthog.runtime.health;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.RunningAccount;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.config.PostHogHealthConfig.Trouble;

/** What is known of an account without asking PostHog. */
record AccountHealth(String name, CaptureStatus capture, FlagDefinitionsStatus definitions, CaptureConfig config) {

    private static final double FULL = 0.9;

    static AccountHealth of(RunningAccount account) {
        return new AccountHealth(account.settings().name(), account.posthog().captureStatus(),
                account.posthog().flagDefinitions(), account.settings().config().capture());
    }

    Set<Trouble> troubles() {
        Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
        if (definitions.enabled() && !definitions.loaded()) {
            troubles.add(Trouble.DEFINITIONS);
        }
        if (capture.lastFailure().isPresent()) {
            troubles.add(Trouble.DELIVERY);
        }
        // What is on disk may be more than memory holds
        if (config.spool().directory().isEmpty() && isAlmostFull(config.queue())) {
            troubles.add(Trouble.QUEUE);
        }
        return troubles;
    }

    private boolean isAlmostFull(QueueConfig queue) {
        return capture.queued() >= FULL * queue.maxEvents()
                || capture.queuedBytes() >= FULL * queue.maxSize().asLongValue();
    }

    void tell(BiConsumer<String, String> data) {
        data.accept(name + ".delivery", capture.lastFailure().map(failure -> "failing: " + failure).orElse("ok"));
        data.accept(name + ".queue", capture.queued() + " events");
        data.accept(name + ".dropped", capture.droppedInTotal() + " events");
        if (definitions.enabled()) {
            data.accept(name + ".definitions", definitions.loaded()
                    ? definitions.flags() + " flags" + definitions.age(Instant.now())
                            .map(age -> ", confirmed " + age.toSeconds() + " s ago").orElse("")
                    : definitions.lastFailure().map(failure -> "missing: " + failure).orElse("not loaded yet"));
        }
    }
}
