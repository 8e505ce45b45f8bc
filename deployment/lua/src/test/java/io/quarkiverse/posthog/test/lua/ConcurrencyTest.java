package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Several scripts at once, on event loops, and cancelled ones. */
class ConcurrencyTest {

    private static final String ENDLESS = "while true do end";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive()
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.max-concurrent", "2")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.max-waiting", "3");

    @Inject
    PostHogScripts scripts;

    @Inject
    Vertx vertx;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    @Test
    @Tag("LUA-7")
    void furtherScriptsWaitAndThenAreRejected() {
        List<Cancellable> endless = List.of(start(ENDLESS), start(ENDLESS));
        List<CompletableFuture<ScriptResult>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(scripts.run("return " + i).subscribeAsCompletionStage());
        }
        ScriptResult rejected = LuaApplication.run(scripts, "return 1");

        assertThat(rejected.error().type()).isEqualTo("busy");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        endless.get(0).cancel();
        await().atMost(10, TimeUnit.SECONDS).until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting).extracting(result -> result.join().value().intValue()).containsExactly(0, 1, 2);
        endless.get(1).cancel();
    }

    @Test
    @Tag("LUA-8")
    void aWaitingScriptThatIsCancelledFreesItsPlace() {
        List<Cancellable> endless = List.of(start(ENDLESS), start(ENDLESS));
        List<Cancellable> waiting = List.of(start("return 1"), start("return 1"), start("return 1"));
        waiting.get(1).cancel();

        CompletableFuture<ScriptResult> next = scripts.run("return 'next'").subscribeAsCompletionStage().toCompletableFuture();

        endless.forEach(Cancellable::cancel);
        assertThat(next.orTimeout(10, TimeUnit.SECONDS).join().value().asText()).isEqualTo("next");
    }

    @Test
    @Tag("LUA-8")
    void aCancelledScriptStopsItsCall() {
        LuaApplication.addFault(new JsonObject().put("path", "/api/projects/1/cohorts").put("latencyMillis", 30_000));
        List<Cancellable> calling = List.of(start("app.integrations.posthog.list_cohorts()"),
                start("app.integrations.posthog.list_cohorts()"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> LuaApplication.requests("/api/projects/1/cohorts").size() == 2);

        calling.forEach(Cancellable::cancel);

        CompletableFuture<ScriptResult> next = scripts.run("return 1").subscribeAsCompletionStage().toCompletableFuture();
        assertThat(next.orTimeout(10, TimeUnit.SECONDS).join().error()).isNull();
    }

    @Test
    @Tag("LUA-7")
    void aScriptThatIsStartedOnAnEventLoopRunsOnAWorkerAndCompletesOnTheEventLoop() throws Exception {
        CompletableFuture<ScriptResult> result = new CompletableFuture<>();
        AtomicReference<String> thread = new AtomicReference<>();
        AtomicReference<Duration> blocked = new AtomicReference<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> {
            long start = System.nanoTime();
            scripts.run(
                    "local n = 0 for i = 1, 3000000 do n = n + i end return app.integrations.posthog.list_cohorts().account")
                    .subscribe().with(item -> {
                        thread.set(Thread.currentThread().getName());
                        result.complete(item);
                    });
            blocked.set(Duration.ofNanos(System.nanoTime() - start));
        });

        assertThat(result.get(20, TimeUnit.SECONDS).value().asText()).isEqualTo("default");
        assertThat(thread.get()).contains("eventloop");
        assertThat(blocked.get()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void eachSubscriptionRunsTheScriptAgain() {
        var script = scripts.run("app.integrations.posthog.capture_event('again', 'u') return 1");
        script.await().atMost(LuaApplication.TIMEOUT);
        script.await().atMost(LuaApplication.TIMEOUT);

        assertThat(LuaApplication.requests("/batch")).hasSize(2);
    }

    private Cancellable start(String source) {
        return scripts.run(source).subscribe().with(result -> {
        });
    }
}
