package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** There is no warning if changes are denied. */
@Tag("AGT-16")
class DeniedWritesNeedNoSecurityTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideConfigKey("quarkus.posthog.mcp.write", "deny")
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:1")
            .overrideConfigKey("quarkus.http.port", "0")
            .setRun(true);

    @Test
    void thereIsNoWarning() {
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("posthog-mcp").doesNotContain("Everyone who can reach");
    }
}
