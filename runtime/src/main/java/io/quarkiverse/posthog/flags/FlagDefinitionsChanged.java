package io.quarkiverse.posthog.flags;

import java.util.Set;

/**
 * The definitions that flags are evaluated with in this process are not the same any longer. Fired asynchronously as a CDI
 * event, so that it is for {@code @ObservesAsync}; evaluations use the new definitions already.
 *
 * @param account the name of the account
 * @param changedKeys the flags that were added, changed or removed; all of them when there were no definitions before
 */
public record FlagDefinitionsChanged(String account, Set<String> changedKeys) {

    public FlagDefinitionsChanged {
        changedKeys = Set.copyOf(changedKeys);
    }
}
