package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;

/** When the application stops, scripts stop. */
@Tag("LUA-8")
class ShutdownTest {

    /** The test class is loaded twice, so that fields cannot be shared. */
    private static final String RESULTS = "scripts-of-shutdown-test";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive()
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.max-concurrent", "1")
            .setAfterUndeployListener(ShutdownTest::assertCancelled);

    @Inject
    PostHogScripts scripts;

    @Test
    void scriptsRunUntilTheApplicationStops() {
        List<CompletableFuture<String>> results = List.of(start(), start());
        System.getProperties().put(RESULTS, results);

        assertThat(results).noneMatch(CompletableFuture::isDone);
    }

    private CompletableFuture<String> start() {
        return scripts.run("while true do end").map(ScriptResult::toString).subscribeAsCompletionStage();
    }

    @SuppressWarnings("unchecked")
    private static void assertCancelled() {
        List<CompletableFuture<String>> results = (List<CompletableFuture<String>>) System.getProperties().remove(RESULTS);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.orTimeout(5, TimeUnit.SECONDS).join()).contains("cancelled"));
    }
}
