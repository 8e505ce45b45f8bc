package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.util.Optional;

import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.smallrye.mutiny.Uni;

/** Provides the flag definitions of an account for local evaluation. */
public interface FlagDefinitionsSource extends Closeable {

    /** The source for an account without local evaluation. */
    FlagDefinitionsSource NONE = new FlagDefinitionsSource() {

        @Override
        public void start(Runnable whenChanged) {
            // Never changes
        }

        @Override
        public LocalEvaluator evaluator() {
            return null;
        }

        @Override
        public long refreshes() {
            return 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Uni<Void> ready() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public FlagDefinitionsStatus status() {
            return new FlagDefinitionsStatus(false, false, 0, Optional.empty(), Optional.empty(), Optional.empty(), 1);
        }

        @Override
        public Uni<FlagDefinitionsStatus> reload() {
            return Uni.createFrom().item(this::status);
        }

        @Override
        public Uni<Void> stop() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void close() {
            // Holds nothing
        }
    };

    /**
     * Starts loading.
     *
     * @param whenChanged called when the definitions have changed
     */
    void start(Runnable whenChanged);

    /** Evaluates flags with the loaded definitions; null if none are loaded. */
    LocalEvaluator evaluator();

    /** The number of times that definitions were loaded or confirmed. */
    long refreshes();

    /** Whether the first attempt to load them has ended, or the time to wait for it. */
    boolean isReady();

    /** Completes when the source is ready; never fails. */
    Uni<Void> ready();

    FlagDefinitionsStatus status();

    /** Loads the definitions now. Never fails. */
    Uni<FlagDefinitionsStatus> reload();

    /**
     * Stops loading definitions. Flags can still be evaluated with the loaded definitions. Completes within a bounded time;
     * never fails.
     */
    Uni<Void> stop();

    @Override
    void close();
}
