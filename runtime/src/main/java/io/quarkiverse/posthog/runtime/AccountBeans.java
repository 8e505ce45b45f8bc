package io.quarkiverse.posthog.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.Any;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/** Beans of the application that are meant for one account or for all. */
final class AccountBeans {

    private AccountBeans() {
    }

    /** Those without a {@link PostHogAccount} qualifier and those with that of the account, by priority. */
    static <T> List<T> of(Class<T> type, String account) {
        return Arc.container().listAll(type, Any.Literal.INSTANCE).stream()
                .filter(handle -> isFor(account, handle))
                .map(InstanceHandle::get)
                .toList();
    }

    private static boolean isFor(String account, InstanceHandle<?> handle) {
        Set<String> accounts = new HashSet<>();
        handle.getBean().getQualifiers().forEach(qualifier -> {
            if (qualifier instanceof PostHogAccount named) {
                accounts.add(named.value());
            }
        });
        return accounts.isEmpty() || accounts.contains(account);
    }
}
