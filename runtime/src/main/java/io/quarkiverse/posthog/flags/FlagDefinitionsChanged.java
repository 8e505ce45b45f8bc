package io.quarkiverse.posthog.flags;

import java.util.Set;

/**
 * The definitions that flags are evaluated with in this process are not the same any longer. Fired asynchronously as
 * a CDI event, so that it is for {@code @ObservesAsync}; evaluations use the new definitions already.
 *
 * @param account the name of the account
 * @param changedKeys the flags that were added, changed or removed; all of them when there were no definitions
 *        before, when there are none any longer, and when cohorts or types of groups changed, which any flag may use.
 *        A flag that asks for the value of another is not among them when only that one changed.
 */
public record FlagDefinitionsChanged(String account, Set<String> changedKeys) {

    public FlagDefinitionsChanged {
        changedKeys = Set.copyOf(changedKeys);
    }
}
