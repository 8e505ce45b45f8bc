package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;
import io.smallrye.mutiny.Uni;

@Tag("LUA-4")
class ScriptApproverTest {

    private final Deque<Answer> answers = new ArrayDeque<>();

    private final ScriptApprover approver = new ScriptApprover(request -> {
        assertThat(request.extended()).isEqualTo(Answer.SCRIPT);
        assertThat(request.message()).startsWith("Call by a script: ");
        return answers.isEmpty() ? Uni.createFrom().failure(new IllegalStateException("asked too often"))
                : Uni.createFrom().item(answers.remove());
    });

    private Answer ask(String function) {
        return approver.ask(new ApprovalRequest(FunctionCatalog.standard().find(function).orElseThrow(), "default", "message",
                Answer.SESSION)).await().indefinitely();
    }

    @Test
    void eachCallIsAskedForUntilAllAreApproved() {
        answers.addAll(List.of(Answer.ONCE, Answer.SCRIPT));

        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.ONCE);
        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.SCRIPT);
        assertThat(ask("posthog_delete_feature_flag")).isEqualTo(Answer.SCRIPT);
    }

    @Test
    void anApprovalOfChangesIsNotAnApprovalOfReads() {
        answers.addAll(List.of(Answer.SCRIPT, Answer.NO));

        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.SCRIPT);
        assertThat(ask("posthog_list_persons")).isEqualTo(Answer.NO);
        assertThat(ask("posthog_list_events")).isEqualTo(Answer.NO);
        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.SCRIPT);
    }

    @Test
    void afterARejectionOrAFailureThePersonIsNotAskedAgain() {
        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.NO_ANSWER);
        answers.add(Answer.ONCE);
        assertThat(ask("posthog_capture_event")).isEqualTo(Answer.NO_ANSWER);
        assertThat(approver.isAsking()).isFalse();
    }
}
