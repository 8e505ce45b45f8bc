package io.quarkiverse.posthog.flags;

import java.util.Set;

/**
 * A CDI event that is fired asynchronously after the flag definitions for local evaluation have changed. Observe it
 * with {@code @ObservesAsync}. Evaluations already use the new definitions.
 *
 * @param account the name of the account
 * @param changedKeys the keys of flags that were added, changed or removed. Contains all keys if there were no
 *        definitions before or are none now, and if cohorts or group types changed, because any flag can use them. If a flag
 *        depends on a changed flag, its key is not included.
 */
public record FlagDefinitionsChanged(String account, Set<String> changedKeys) {

    public FlagDefinitionsChanged {
        changedKeys = Set.copyOf(changedKeys);
    }
}
