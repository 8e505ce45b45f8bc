package io.quarkiverse.posthog.runtime.lua;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.smallrye.mutiny.Uni;

/**
 * Asks a person about the calls of one script. The person can approve all calls of the script that read, or all that change
 * data. After a rejection, the person is not asked again.
 */
final class ScriptApprover implements Approver {

    private final Approver person;
    private final Map<FunctionOperation, Answer> answers = new ConcurrentHashMap<>();
    private volatile boolean asking;

    ScriptApprover(Approver person) {
        this.person = person;
    }

    /** Returns whether a person is being asked right now. */
    boolean isAsking() {
        return asking;
    }

    @Override
    public Uni<Answer> ask(ApprovalRequest request) {
        FunctionOperation operation = request.function().operation();
        Answer earlier = answers.get(operation);
        if (earlier != null) {
            return Uni.createFrom().item(earlier);
        }
        ApprovalRequest ofScript = new ApprovalRequest(request.function(), request.account(),
                "Call by a script: " + request.message(), Answer.SCRIPT);
        return Uni.createFrom().deferred(() -> {
            asking = true;
            return person.ask(ofScript);
        }).onFailure().recoverWithItem(Answer.NO_ANSWER).invoke(answer -> {
            if (answer != Answer.ONCE) {
                answers.put(operation, answer);
            }
        }).onTermination().invoke(() -> asking = false);
    }
}
