package io.quarkiverse.posthog.runtime.dev;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkiverse.posthog.runtime.config.AccountNames;

/** The accounts that the application uses, for the Dev UI. */
public class DevUiAccounts {

    private final AccountRegistry accounts;
    private final EmulatedAccounts emulated;

    @Inject
    DevUiAccounts(AccountRegistry accounts, EmulatedAccounts emulated) {
        this.accounts = accounts;
        this.emulated = emulated;
    }

    /** Returns all accounts in use, the default account first. */
    List<PostHogClient> all() {
        return accounts.inUse().stream().sorted(Comparator
                .<PostHogClient, Boolean> comparing(account -> !AccountNames.isDefault(name(account)))
                .thenComparing(DevUiAccounts::name)).toList();
    }

    /**
     * Returns an account in use.
     *
     * @throws IllegalArgumentException if the account is not in use; the message contains the accounts in use
     */
    PostHogClient get(String name) {
        return all().stream().filter(account -> name(account).equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No PostHog account '" + name + "' is in use, only "
                        + all().stream().map(DevUiAccounts::name).collect(Collectors.joining(", "))));
    }

    boolean isEmulated(PostHogClient account) {
        return isEmulated(name(account));
    }

    boolean isEmulated(String account) {
        return emulated.contains(account);
    }

    static String name(PostHogClient account) {
        return account.settings().name();
    }
}
