package io.quarkiverse.posthog.runtime.dev;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.runtime.ManagedAccounts;
import io.quarkiverse.posthog.runtime.RunningAccount;
import io.quarkiverse.posthog.runtime.config.AccountNames;

/** The accounts that the application uses, as the Dev UI asks for them. */
public class DevAccounts {

    private final ManagedAccounts accounts;
    private final EmulatedAccounts emulated;

    @Inject
    DevAccounts(ManagedAccounts accounts, EmulatedAccounts emulated) {
        this.accounts = accounts;
        this.emulated = emulated;
    }

    /** The default account first. */
    List<RunningAccount> all() {
        return accounts.running().stream().sorted(Comparator
                .<RunningAccount, Boolean> comparing(account -> !AccountNames.isDefault(name(account)))
                .thenComparing(DevAccounts::name)).toList();
    }

    /** @throws IllegalArgumentException when no such account is in use; the message names those that are */
    RunningAccount get(String name) {
        return all().stream().filter(account -> name(account).equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No PostHog account '" + name + "' is in use, only "
                        + all().stream().map(DevAccounts::name).collect(Collectors.joining(", "))));
    }

    boolean isEmulated(RunningAccount account) {
        return emulated.contains(name(account));
    }

    static String name(RunningAccount account) {
        return account.settings().name();
    }
}
