package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkus.test.QuarkusUnitTest;

/** In the mode for code, clients only have the tools for scripts. */
@Tag("LUA-10")
class McpModesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled(McpScriptsTest.class)
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.mcp.mode", "code");

    @Test
    void theToolsOfTheFunctionsAreHidden() {
        AtomicReference<ToolsPage> tools = new AtomicReference<>();
        McpScriptsTest.client(false).when().toolsList(tools::set).thenAssertResults();

        assertThat(tools.get().tools()).extracting(tool -> tool.name()).containsExactlyInAnyOrder("lua_list_docs",
                "lua_search_docs", "lua_read_doc", "execute_lua");
    }
}
