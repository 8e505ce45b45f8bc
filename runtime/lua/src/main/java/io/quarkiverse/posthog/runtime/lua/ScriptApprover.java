package io.quarkiverse.posthog.runtime.lua;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.smallrye.mutiny.Uni;

/**
 * Asks a person about the calls of one script. The person can approve all calls of a function with an account. After a
 * rejection of a call that reads, or of a call that changes data, the person is not asked about further such calls.
 */
final class ScriptApprover implements Approver {

    private final Approver person;
    private final Set<Approval> approvals = ConcurrentHashMap.newKeySet();
    private final Map<FunctionOperation, Answer> rejections = new ConcurrentHashMap<>();
    private volatile boolean asking;

    private record Approval(String function, String account) {
    }

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
        Approval approval = new Approval(request.function().name(), request.account());
        Answer earlier = approvals.contains(approval) ? Answer.SCRIPT : rejections.get(operation);
        if (earlier != null) {
            return Uni.createFrom().item(earlier);
        }
        ApprovalRequest ofScript = new ApprovalRequest(request.function(), request.account(),
                "Call by a script: " + request.message(), Answer.SCRIPT);
        return Uni.createFrom().deferred(() -> {
            asking = true;
            return person.ask(ofScript);
        }).onFailure().recoverWithItem(Answer.NO_ANSWER).invoke(answer -> {
            if (answer == Answer.SCRIPT) {
                approvals.add(approval);
            } else if (answer != Answer.ONCE) {
                rejections.put(operation, answer);
            }
        }).onTermination().invoke(() -> asking = false);
    }
}
