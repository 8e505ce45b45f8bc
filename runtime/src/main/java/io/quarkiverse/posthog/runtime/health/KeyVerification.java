package io.quarkiverse.posthog.runtime.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.smallrye.mutiny.Uni;

/** Verifies the keys of accounts with PostHog, at most once per interval. */
final class KeyVerification {

    private final Duration interval;
    private final Map<PostHogClient, Uni<Optional<CheckReport>>> reports = new ConcurrentHashMap<>();

    KeyVerification(Duration interval) {
        this.interval = interval;
    }

    /** The reports by account, except for accounts that can't be used. Waits for the responses of PostHog. */
    Map<String, CheckReport> verified(List<PostHogClient> accounts) {
        reports.keySet().retainAll(accounts);
        return accounts.isEmpty() ? Map.of()
                : Uni.join().all(accounts.stream().map(this::report).toList()).andFailFast().await().indefinitely().stream()
                        .flatMap(Optional::stream).collect(Collectors.toMap(CheckReport::account, report -> report));
    }

    private Uni<Optional<CheckReport>> report(PostHogClient account) {
        return reports.computeIfAbsent(account, it -> it.check().map(Optional::of)
                .onFailure().recoverWithItem(Optional.empty()).memoize().atLeast(interval));
    }
}
