package io.quarkiverse.posthog.runtime.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.flags.UnresolvedFlagReason;

/**
 * The flags that could be evaluated with the loaded definitions.
 *
 * @param complete whether PostHog can't add any flag
 * @param unknown the requested flags that have no definition, and that PostHog may have
 * @param unresolved the flags that could not be evaluated
 */
record LocalFlags(Map<String, ResolvedFlag> flags, boolean complete, List<String> unknown,
        Map<String, UnresolvedFlagReason> unresolved) {

    static final LocalFlags NONE = new LocalFlags(Map.of(), false, List.of(), Map.of());

    /** Creates collections only when they are needed, because most evaluations are for one flag, which has a value. */
    static final class Builder {

        private final int size;
        private Map<String, ResolvedFlag> flags = Map.of();
        private boolean complete = true;
        private List<String> unknown = List.of();
        private Map<String, UnresolvedFlagReason> unresolved = Map.of();

        Builder(int size) {
            this.size = size;
        }

        void add(String key, ResolvedFlag flag) {
            if (size == 1) {
                flags = Map.of(key, flag);
                return;
            }
            if (flags.isEmpty()) {
                flags = new LinkedHashMap<>(size * 2);
            }
            flags.put(key, flag);
        }

        void addUnknown(String key) {
            if (unknown.isEmpty()) {
                unknown = new ArrayList<>();
            }
            unknown.add(key);
            complete = false;
        }

        /** @param inPostHog whether PostHog can evaluate the flag for the runtime of the request */
        void addUnresolved(String key, UnresolvedFlagReason reason, boolean inPostHog) {
            if (unresolved.isEmpty()) {
                unresolved = new LinkedHashMap<>();
            }
            unresolved.put(key, reason);
            complete &= !inPostHog;
        }

        LocalFlags build() {
            return new LocalFlags(flags, complete, unknown, unresolved);
        }
    }
}
