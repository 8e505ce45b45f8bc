package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;

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

    /** @param listener told of the flags whose definitions have changed */
    FlagDefinitionsHolder(DefinitionsLoadLogger log, ReadinessLatch readiness, Consumer<Set<String>> listener) {
        this.log = log;
        this.readiness = readiness;
        this.listener = listener;
    }

    /** @param whenChanged called before the listener */
    void onChange(Runnable whenChanged) {
        this.whenChanged = whenChanged;
    }

    /** @return null when nothing is loaded */
    LoadedDefinitions get() {
        return loaded;
    }

    long refreshes() {
        return refreshes;
    }

    /**
     * Takes the place of what is loaded; where it is the same, it is not parsed.
     *
     * @param text the same JSON, if it is needed later; otherwise null
     * @param etag what PostHog knows exactly these by; null when it did not say
     * @throws IllegalArgumentException when it is no definitions; nothing changes then
     */
    void replace(byte[] json, String text, String etag, Instant confirmedAt, Origin origin) {
        LoadedDefinitions before = loaded;
        String digest = Sha256.hex(json);
        if (before != null && before.digest().equals(digest)) {
            // Whoever does not say by which ETag PostHog knows these changes nothing about it
            set(before.confirmed(origin == Origin.POSTHOG ? etag : before.etag(), confirmedAt, origin));
            return;
        }
        LocalEvaluator evaluator = new LocalEvaluator(FlagDefinitions.parse(json));
        LoadedDefinitions now = new LoadedDefinitions(evaluator, digest, text, etag, confirmedAt, origin);
        if (set(now)) {
            log.warnings(now.flags().warnings(), before == null ? List.of() : before.flags().warnings());
            Set<String> changed = before == null ? now.flags().keys() : now.flags().changedSince(before.flags());
            changed(changed, before == null || !changed.isEmpty());
        }
    }

    /** PostHog says that these, which are loaded, are still current. */
    void confirm(LoadedDefinitions definitions, String etag, Instant confirmedAt) {
        set(definitions.confirmed(etag, confirmedAt, Origin.POSTHOG));
    }

    /** Nothing is to be evaluated here any longer. */
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

    private void changed(Set<String> keys, boolean news) {
        whenChanged.run();
        if (news) {
            listener.accept(keys);
        }
    }

    /** What is loaded stays as it is, whatever arrives. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
