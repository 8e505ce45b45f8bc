package io.quarkiverse.posthog.flags;

import java.util.Set;

/**
 * A CDI event that is fired asynchronously after the flag definitions for local evaluation have changed. Observe it
 * with {@code @ObservesAsync}. Evaluations already use the new definitions.
 *
 * @param account the name of the account
 * @param changedKeys the keys of added, changed or removed flags. Contains all keys if no definitions were loaded
 *        before, if none are loaded now, or if cohorts or group types changed, because any flag can use them. Does not
 *        contain flags that only depend on a changed flag.
 */
public record FlagDefinitionsChangedEvent(String account, Set<String> changedKeys) {

    public FlagDefinitionsChangedEvent {
        changedKeys = Set.copyOf(changedKeys);
    }
}
