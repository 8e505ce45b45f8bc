package io.quarkiverse.posthog.runtime.functions.access;

import io.smallrye.mutiny.Uni;

/** Asks a person whether a function can be called. */
@FunctionalInterface
public interface Approver {

    /** For callers that have no way to ask a person. */
    Approver NONE = request -> Uni.createFrom().item(Answer.NOT_POSSIBLE);

    /** Asks a person. A failure is the same as {@link Answer#NO_ANSWER}. */
    Uni<Answer> ask(ApprovalRequest request);

    /** The answer of a person. */
    enum Answer {

        /** This call is approved. */
        ONCE,

        /** This call is approved, and later calls of the function with the same account in this session. */
        SESSION,

        /** This call is approved, and later calls of the same script that read or change data like this one. */
        SCRIPT,

        /** The call is rejected. */
        NO,

        /** There was no answer in time. The call is rejected. */
        NO_ANSWER,

        /** The caller has no way to ask a person. */
        NOT_POSSIBLE
    }
}
