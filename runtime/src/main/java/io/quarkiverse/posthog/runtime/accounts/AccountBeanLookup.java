package io.quarkiverse.posthog.runtime.accounts;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.inject.Any;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/** Looks up the beans that apply to an account: beans with its qualifier, and beans without a qualifier. */
final class AccountBeanLookup {

    private AccountBeanLookup() {
    }

    /** Returns the beans without a {@link PostHogAccount} qualifier or with the one of the account, by priority. */
    static <T> List<T> of(Class<T> type, String account) {
        return Arc.container().listAll(type, Any.Literal.INSTANCE).stream()
                .filter(handle -> isFor(account, handle))
                .map(InstanceHandle::get)
                .toList();
    }

    /**
     * Returns the bean of the account with the highest priority, or else the bean of all accounts with the highest priority.
     */
    static <T> Optional<T> first(Class<T> type, String account) {
        return Arc.container().listAll(type, Any.Literal.INSTANCE).stream()
                .filter(handle -> isFor(account, handle))
                .min(Comparator.comparing(handle -> accounts(handle).isEmpty()))
                .map(InstanceHandle::get);
    }

    /** Returns the bean of the account itself. */
    static PostHog account(String name) {
        return Arc.container().select(PostHog.class, PostHogAccount.Literal.of(name)).get();
    }

    /** Returns the events of the tracking plans that are injected for an account. */
    static List<PlannedEvent> plannedEvents(String account) {
        TrackingPlans plans = Arc.container() == null ? null : Arc.container().instance(TrackingPlans.class).get();
        return plans == null ? List.of() : plans.events(account);
    }

    private static boolean isFor(String account, InstanceHandle<?> handle) {
        Set<String> accounts = accounts(handle);
        return accounts.isEmpty() || accounts.contains(account);
    }

    private static Set<String> accounts(InstanceHandle<?> handle) {
        Set<String> accounts = new HashSet<>();
        handle.getBean().getQualifiers().forEach(qualifier -> {
            if (qualifier instanceof PostHogAccount named) {
                accounts.add(named.value());
            }
        });
        return accounts;
    }
}
