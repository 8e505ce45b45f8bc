package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** A bean of the application decides about the calls of all scripts, with the user if there is one. */
@Tag("LUA-4")
class ScriptAuthorizerTest {

    private static final String SCRIPT = """
            local function type_of(call) local ok, err = pcall(call) return ok and "ok" or err.type end
            return { type_of(app.integrations.posthog.list_cohorts), type_of(app.integrations.posthog.list_dashboards) }
            """;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled(McpScriptsTest.class, DashboardsForUsers.class)
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
            .overrideConfigKey("quarkus.security.users.embedded.users.ada", "secret")
            .overrideConfigKey("quarkus.security.users.embedded.roles.ada", "analyst")
            .overrideConfigKey("quarkus.http.auth.basic", "true");

    /** Nobody reads cohorts, and only users of requests read dashboards. */
    @ApplicationScoped
    static class DashboardsForUsers implements FunctionAuthorizer {

        @Override
        public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
            boolean user = identity.filter(it -> it.hasRole("analyst")).isPresent();
            return access.function().equals("posthog_list_dashboards") && user ? Access.ALLOW : Access.DENY;
        }
    }

    @Inject
    PostHogScripts scripts;

    @Test
    void scriptsOfTheApplicationHaveNoUserOutsideOfRequests() {
        assertThat(LuaApplication.run(scripts, SCRIPT).value().toString()).isEqualTo("[\"denied\",\"denied\"]");
    }

    @Test
    void scriptsOfClientsHaveTheirUser() {
        assertThat(result(null)).isEqualTo("[\"denied\",\"denied\"]");
        assertThat(result("ada")).isEqualTo("[\"denied\",\"ok\"]");
    }

    private static String result(String user) {
        var client = McpScriptsTest.client(false, user, "secret");
        JsonObject result = McpScriptsTest.json(
                McpScriptsTest.call(client, "execute_lua", Map.of("code", SCRIPT)).structuredContent());
        return result.getJsonArray("result").encode();
    }
}
