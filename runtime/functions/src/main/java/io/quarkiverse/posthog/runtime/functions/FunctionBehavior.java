package io.quarkiverse.posthog.runtime.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.mutiny.Uni;

/** What a function does when it is called. */
public sealed interface FunctionBehavior {

    /** Reads data. */
    @FunctionalInterface
    non-sealed interface Read extends FunctionBehavior {

        /** Completes with the result, without the account and the project. */
        Uni<ObjectNode> read(Invocation call);
    }

    /** Changes data. */
    @FunctionalInterface
    non-sealed interface Write extends FunctionBehavior {

        /**
         * Prepares the request of a call: fails as the call would if it is invalid or the account has no key.
         *
         * @param detailed whether the difference to the current state is needed, for which the state may have to be read
         */
        Uni<PreparedWrite> prepare(Invocation call, boolean detailed);
    }
}
