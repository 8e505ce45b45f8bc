package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** The loaded flag definitions. Changed by one load at a time, and read by any thread. */
final class FlagDefinitionsHolder {

    private final DefinitionsLoadLogger log;
    private final ReadinessLatch readiness;
    private final Consumer<Set<String>> listener;
    private volatile Runnable whenChanged = () -> {
    };
    private volatile LoadedDefinitions loaded;
    private volatile long refreshes;
    private volatile boolean closed;

    /** @param listener receives the keys of the flags that have changed */
    FlagDefinitionsHolder(DefinitionsLoadLogger log, ReadinessLatch readiness, Consumer<Set<String>> listener) {
        this.log = log;
        this.readiness = readiness;
        this.listener = listener;
    }

    /** @param whenChanged called before the listener */
    void onChange(Runnable whenChanged) {
        this.whenChanged = whenChanged;
    }

    /** @return null if nothing is loaded */
    LoadedDefinitions get() {
        return loaded;
    }

    long refreshes() {
        return refreshes;
    }

    /**
     * Replaces the loaded definitions. Does not parse the same definitions again.
     *
     * @param text the same JSON if it is needed later, otherwise null
     * @param etag the ETag of PostHog; null if there is none
     * @throws IllegalArgumentException if the JSON does not contain definitions; nothing changes then
     */
    void replace(byte[] json, String text, String etag, Instant confirmedAt, Origin origin) {
        LoadedDefinitions before = loaded;
        String digest = Sha256.hex(json);
        if (before != null && before.digest().equals(digest)) {
            // Only PostHog returns an ETag
            set(before.confirmed(origin == Origin.POSTHOG ? etag : before.etag(), confirmedAt, origin));
            return;
        }
        LocalEvaluator evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(json), log::evaluationFailed);
        LoadedDefinitions now = new LoadedDefinitions(evaluator, digest, text, etag, confirmedAt, origin);
        if (set(now)) {
            log.warnings(now.flags().warnings(), before == null ? List.of() : before.flags().warnings());
            Set<String> changed = before == null ? now.flags().keys() : now.flags().changedSince(before.flags());
            changed(changed, before == null || !changed.isEmpty());
        }
    }

    /** Keeps loaded definitions that PostHog confirmed as current. */
    void confirm(LoadedDefinitions definitions, String etag, Instant confirmedAt) {
        set(definitions.confirmed(etag, confirmedAt, Origin.POSTHOG));
    }

    /** Ends local evaluation. */
    void clear() {
        LoadedDefinitions before = loaded;
        if (before != null && !closed) {
            loaded = null;
            changed(before.flags().keys(), true);
        }
    }

    private boolean set(LoadedDefinitions now) {
        if (closed) {
            return false;
        }
        LoadedDefinitions before = loaded;
        loaded = now;
        if (now.origin() == Origin.POSTHOG || before == null || before.evaluator() != now.evaluator()
                || now.confirmedAt().isAfter(before.confirmedAt())) {
            refreshes++;
        }
        readiness.now();
        return true;
    }

    private void changed(Set<String> keys, boolean notify) {
        whenChanged.run();
        if (notify) {
            listener.accept(keys);
        }
    }

    /** Keeps the loaded definitions from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
