package io.quarkiverse.posthog.deployment;

import java.util.Set;
import java.util.TreeSet;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of the accounts that are known when the application is built. */
final class AccountNamesBuildItem extends SimpleBuildItem {

    private final Set<String> injected;
    private final Set<String> all;

    AccountNamesBuildItem(Set<String> injected, Set<String> others) {
        this.injected = Set.copyOf(injected);
        this.all = new TreeSet<>(others);
        this.all.addAll(injected);
    }

    /** Those that are injected, looked up or configured, and the default one. */
    Set<String> all() {
        return all;
    }

    /** Whether the account stands at an injection point, so that the application can't start without it. */
    boolean isInjected(String name) {
        return injected.contains(name);
    }
}
