package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.access.ApprovalRequest;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;
import io.smallrye.mutiny.Uni;

class CallWaitTest {

    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration LONGER = Duration.ofMillis(1_200);

    static final ApprovalRequest REQUEST = new ApprovalRequest(
            FunctionCatalog.standard().find("posthog_capture_event").orElseThrow(), "default", "Capture an event",
            Answer.SESSION);

    private final LuaState state = new LuaState(LuaLimits.DEFAULT.withWallTime(LIMIT), text -> {
    }, InstantSource.system());

    private Object wait(CallWait wait, Uni<?> call) {
        return state.call(state.function("call", (caller, arguments) -> wait.of(caller, call).toString()))[0];
    }

    private static <T> Uni<T> late(T item) {
        return Uni.createFrom().item(item).onItem().delayIt().by(LONGER);
    }

    @Test
    @Tag("LUA-6")
    void theTimeOfACallCounts() {
        assertThatExceptionOfType(LuaLimitException.class)
                .isThrownBy(() -> wait(new CallWait(new ScriptApprover(Approver.NONE)), late("x")))
                .satisfies(limit -> assertThat(limit.kind()).isEqualTo(LuaLimitException.Kind.DEADLINE));
    }

    @Test
    @Tag("LUA-6")
    void theTimeInWhichAPersonIsAskedDoesNotCount() {
        ScriptApprover approver = new ScriptApprover(request -> late(Answer.ONCE));

        assertThat(wait(new CallWait(approver), approver.ask(REQUEST))).isEqualTo("ONCE");
    }

    @Test
    @Tag("LUA-8")
    void aCallThatIsCancelledEnds() {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        CallWait wait = new CallWait(new ScriptApprover(Approver.NONE));
        CompletableFuture.runAsync(wait::cancel, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        assertThatExceptionOfType(LuaLimitException.class)
                .isThrownBy(
                        () -> wait(wait, Uni.createFrom().nothing().onCancellation().invoke(() -> cancelled.complete(true))))
                .satisfies(limit -> assertThat(limit.kind()).isEqualTo(LuaLimitException.Kind.CANCELLED));
        assertThat(cancelled).isCompletedWithValue(true);
    }
}
