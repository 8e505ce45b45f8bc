package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** In production, the application warns at startup if the path of the functions is not secured. */
@Tag("AGT-16")
class UnsecuredEndpointTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = McpApplication.inProduction()
            .overrideConfigKey("quarkus.http.root-path", "/app");

    @Test
    void theWarningNamesThePathAndTheFix() {
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("Everyone who can reach /app/mcp",
                "quarkus.http.auth.permission.posthog.paths=/app/mcp,/app/mcp/*", "quarkus.posthog.mcp.write=deny")
                .doesNotContain("phc_test");
    }
}
