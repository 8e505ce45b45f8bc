package io.quarkiverse.posthog.runtime.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.runtime.AccountHandle;
import io.smallrye.mutiny.Uni;

/** Verifies the keys of accounts with PostHog, at most once per interval. */
final class KeyVerification {

    private final Duration interval;
    private final Map<PostHog, Uni<Optional<CheckReport>>> reports = new ConcurrentHashMap<>();

    KeyVerification(Duration interval) {
        this.interval = interval;
    }

    /**
     * Returns the reports by account name. An account that cannot be used has no report. Waits for PostHog's responses, up to
     * the timeout of the check.
     */
    Map<String, CheckReport> verified(List<AccountHandle> accounts) {
        List<PostHog> running = accounts.stream().map(AccountHandle::posthog).toList();
        reports.keySet().retainAll(running);
        return running.isEmpty() ? Map.of()
                : Uni.join().all(running.stream().map(this::report).toList()).andFailFast().await().indefinitely().stream()
                        .flatMap(Optional::stream).collect(Collectors.toMap(CheckReport::account, report -> report));
    }

    private Uni<Optional<CheckReport>> report(PostHog posthog) {
        return reports.computeIfAbsent(posthog, it -> it.check().map(Optional::of)
                .onFailure().recoverWithItem(Optional.empty()).memoize().atLeast(interval));
    }
}
