package io.quarkiverse.posthog.runtime.flags.definitions;

import io.smallrye.mutiny.Uni;

/** Work whose end may not be wanted any longer. */
final class Detached {

    private Detached() {
    }

    /** Who stops waiting does not stop it, and is not told of a failure after that; nor is the log. */
    static <T> Uni<T> of(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }
}
