package io.quarkiverse.posthog.runtime.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.mcp.server.InitialCheck.CheckResult;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.access.AccessPolicy;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkus.runtime.StartupEvent;

class McpRegistrationTest {

    @Test
    void clientsWaitUntilAllToolsAreRegistered() {
        McpRegistration registration = new McpRegistration();
        AccessPolicy policy = new AccessPolicy(McpConfig.PREFIX,
                Map.of(FunctionOperation.READ, Access.ALLOW, FunctionOperation.WRITE, Access.ASK), Map.of(), List.of());
        registration.executor = new FunctionExecutor(FunctionCatalog.standard(), Map.of(), policy,
                new ResultLimits(ResultLimits.DEFAULT_MAX_CHARACTERS, true));

        CompletableFuture<CheckResult> client = registration.perform(null).subscribeAsCompletionStage();
        assertThat(client).isNotDone();

        registration.started(new StartupEvent());
        assertThat(client).isCompletedWithValue(CheckResult.SUCCESS);
    }
}
