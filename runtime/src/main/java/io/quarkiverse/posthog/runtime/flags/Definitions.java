package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.util.Optional;

import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.smallrye.mutiny.Uni;

/** The definitions that flags of an account are evaluated with in this process. */
public interface Definitions extends Closeable {

    /** Those of an account that does not evaluate flags in this process. */
    Definitions NONE = new Definitions() {

        @Override
        public LocalEvaluator evaluator() {
            return null;
        }

        @Override
        public long refreshes() {
            return 0;
        }

        @Override
        public Uni<Void> ready() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public FlagDefinitionsStatus status() {
            return new FlagDefinitionsStatus(false, false, 0, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public Uni<FlagDefinitionsStatus> reload() {
            return Uni.createFrom().item(this::status);
        }

        @Override
        public void close() {
            // Holds nothing
        }
    };

    /** Evaluates with what is loaded; null when nothing is. */
    LocalEvaluator evaluator();

    /** How often definitions were loaded, or found to be still current. */
    long refreshes();

    /**
     * Completes when there was a first attempt to load definitions, or it took too long. Completed already, most of the time;
     * never
     * fails.
     */
    Uni<Void> ready();

    FlagDefinitionsStatus status();

    /** Loads them now. Never fails. */
    Uni<FlagDefinitionsStatus> reload();

    @Override
    void close();
}
