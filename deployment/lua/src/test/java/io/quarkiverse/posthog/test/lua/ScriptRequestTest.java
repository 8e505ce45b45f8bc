package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;

/**
 * A script has the Vert.x context of the request that started it, with its trace and the values for logs, even if it waited for
 * the script of another request.
 */
@Tag("LUA-9")
class ScriptRequestTest {

    private static final String USER = "user";

    private static final String SCRIPT = "local ok, err = pcall(app.integrations.posthog.list_cohorts) return ok and 'ok' or err.type";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled(OnlyAda.class)
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.max-concurrent", "1");

    @ApplicationScoped
    static class OnlyAda implements FunctionAuthorizer {

        @Override
        public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
            return VertxContext.isOnDuplicatedContext() && "ada".equals(ContextLocals.get(USER, null)) ? Access.ALLOW
                    : Access.DENY;
        }
    }

    @Inject
    PostHogScripts scripts;

    @Inject
    Vertx vertx;

    @Test
    void aScriptThatWaitedHasItsOwnContext() {
        CompletableFuture<ScriptResult> running = inRequestOf("ada", "while true do end");
        CompletableFuture<ScriptResult> ofBob = inRequestOf("bob", SCRIPT);
        CompletableFuture<ScriptResult> withoutRequest = scripts.run(SCRIPT).subscribeAsCompletionStage();
        CompletableFuture<ScriptResult> ofAda = inRequestOf("ada", SCRIPT);

        running.cancel(true);

        assertThat(value(ofBob)).isEqualTo("denied");
        assertThat(value(withoutRequest)).isEqualTo("denied");
        assertThat(value(ofAda)).isEqualTo("ok");
    }

    private static String value(CompletableFuture<ScriptResult> result) {
        return result.orTimeout(20, TimeUnit.SECONDS).join().value().asText();
    }

    /** Starts a script, and returns after it was started. */
    private CompletableFuture<ScriptResult> inRequestOf(String name, String source) {
        CompletableFuture<CompletableFuture<ScriptResult>> started = new CompletableFuture<>();
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(ignored -> {
            ContextLocals.put(USER, name);
            started.complete(scripts.run(source).subscribeAsCompletionStage());
        });
        return started.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
