package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkus.test.QuarkusUnitTest;

/** Without being enabled, nothing can run scripts. */
@Tag("LUA-10")
class DisabledScriptsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled(McpScriptsTest.class)
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideConfigKey("quarkus.posthog.lua.enabled", "false");

    @Inject
    Instance<PostHogScripts> scripts;

    @Inject
    PostHogAccounts accounts;

    @Test
    void nothingIsOffered() {
        AtomicReference<ToolsPage> tools = new AtomicReference<>();
        McpScriptsTest.client(false).when().toolsList(tools::set).thenAssertResults();

        assertThat(scripts.isResolvable()).isFalse();
        assertThat(tools.get().findByName("posthog_list_events")).isNotNull();
        assertThat(tools.get().tools()).noneMatch(tool -> tool.name().startsWith("lua_") || tool.name().equals("execute_lua"));
        assertThat(accounts.names()).containsExactlyInAnyOrder("default", "work");
    }
}
