package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** A script runs in the request that started it, also if it waits for the script of another request. */
@Tag("LUA-9")
class ScriptRequestTest {

    private static final String SCRIPT = "local ok, err = pcall(app.integrations.posthog.list_cohorts) return ok and 'ok' or err.type";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled(CurrentUser.class, OnlyAda.class)
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.max-concurrent", "1");

    @RequestScoped
    static class CurrentUser {

        private String name;

        String name() {
            return name;
        }

        void name(String name) {
            this.name = name;
        }
    }

    @ApplicationScoped
    static class OnlyAda implements FunctionAuthorizer {

        @Inject
        CurrentUser user;

        @Override
        public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
            return Arc.container().requestContext().isActive() && "ada".equals(user.name()) ? Access.ALLOW : Access.DENY;
        }
    }

    @Inject
    PostHogScripts scripts;

    @Inject
    CurrentUser user;

    @Inject
    Vertx vertx;

    @Test
    void aScriptThatWaitedHasItsOwnRequest() {
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
            Arc.container().requestContext().activate();
            user.name(name);
            Uni<ScriptResult> run = scripts.run(source);
            started.complete(run.subscribeAsCompletionStage());
        });
        return started.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
