package io.quarkiverse.posthog.runtime.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest.SingleSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.smallrye.mutiny.Uni;

/** Asks the user of the client with a form. */
record ElicitationApprover(Elicitation elicitation, Duration timeout) implements Approver {

    private static final String DECISION = "decision";
    private static final String ONCE = "once";
    private static final String NO = "no";

    @Override
    public Uni<Answer> ask(ApprovalRequest request) {
        if (!elicitation.isFormModeSupported()) {
            return Uni.createFrom().item(Answer.NOT_POSSIBLE);
        }
        return elicitation.requestBuilder().setMessage(request.message())
                .addSchemaProperty(DECISION, new SingleSelectEnumSchema("Allow this call?",
                        "once: this call only. " + extended(request) + " no: reject it.",
                        List.of(ONCE, name(request.extended()), NO), null, true, null))
                .setTimeout(timeout).build().send().map(response -> answer(response, request.extended()));
    }

    private static String extended(ApprovalRequest request) {
        if (request.extended() == Answer.SCRIPT) {
            return "script: also all later calls of this script that "
                    + (request.function().operation() == FunctionOperation.READ ? "read" : "change")
                    + " data, with any account.";
        }
        return "session: also later calls of " + request.function().name() + " with account " + request.account()
                + " in this session.";
    }

    private static String name(Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }

    private static Answer answer(ElicitationResponse response, Answer extended) {
        if (!response.actionAccepted()) {
            return Answer.NO;
        }
        Object decision;
        try {
            decision = response.content().asMap().get(DECISION);
        } catch (RuntimeException e) {
            // Accepted without a form
            return Answer.NO;
        }
        if (ONCE.equals(decision)) {
            return Answer.ONCE;
        }
        return name(extended).equals(decision) ? extended : Answer.NO;
    }
}
