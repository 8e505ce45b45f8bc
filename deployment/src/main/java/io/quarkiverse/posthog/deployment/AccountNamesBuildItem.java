package io.quarkiverse.posthog.deployment;

import java.util.Set;
import java.util.TreeSet;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of the accounts that are available at build time. */
final class AccountNamesBuildItem extends SimpleBuildItem {

    private final Set<String> injected;
    private final Set<String> all;

    AccountNamesBuildItem(Set<String> injected, Set<String> others) {
        this.injected = Set.copyOf(injected);
        this.all = new TreeSet<>(others);
        this.all.addAll(injected);
    }

    /** Returns the names of all accounts that are injected, looked up or configured, and of the default account. */
    Set<String> all() {
        return all;
    }

    /** Returns the names of the injected accounts, without which the application can't start. */
    Set<String> injected() {
        return injected;
    }
}
