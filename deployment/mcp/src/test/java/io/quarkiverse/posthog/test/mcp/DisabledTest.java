package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkus.test.QuarkusUnitTest;

/** Without {@code quarkus.posthog.mcp.enabled}, nothing is offered. */
@Tag("AGT-15")
class DisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    ToolManager tools;

    @Inject
    Instance<FunctionExecutor> executor;

    @Test
    void nothingIsRegistered() {
        assertThat(tools).isEmpty();
        assertThat(executor.isUnsatisfied()).isTrue();
    }
}
