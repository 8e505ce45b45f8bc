package io.quarkiverse.posthog.test.lua;

import static io.quarkiverse.posthog.test.lua.LuaApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** Each limit ends a script, which keeps its output. */
@Tag("LUA-6")
class LimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive()
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.cpu", "300ms")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.memory", "4M")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.calls", "5")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.output-chars", "1000")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.source-chars", "5000");

    @Inject
    PostHogScripts scripts;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    private void assertLimit(String type, String source) {
        ScriptResult result = run(scripts, "print('before')\n" + source);
        assertThat(result.error()).as(source).isNotNull();
        assertThat(result.error().type()).as(result.error().message()).isEqualTo(type);
        assertThat(result.output()).startsWith("before\n").hasSizeLessThanOrEqualTo(1000);
        assertThat(run(scripts, "return app.integrations.posthog.list_cohorts().account").value().asText())
                .isEqualTo("default");
    }

    @Test
    void computingTime() {
        assertLimit("cpu_limit", "while true do end");
        assertLimit("cpu_limit", "while true do pcall(function() while true do end end) end");
        ScriptResult shorter = run(scripts, "while true do end", ScriptOptions.create().cpuLimit(Duration.ofMillis(100)));
        assertThat(shorter.duration()).isBetween(Duration.ofMillis(90), Duration.ofSeconds(5));
    }

    @Test
    void memory() {
        assertLimit("memory_limit", "local t = {} while true do t[#t + 1] = {} end");
        assertLimit("memory_limit", "local s = 'x' while true do s = s .. s end");
        assertLimit("memory_limit", "pcall(string.rep, 'x', 1e9)");
        assertLimit("memory_limit", "json.decode('[' .. string.rep('{\"a\":1},', 200000) .. '1]')");
        assertThat(
                run(scripts, "local s = string.rep('x', 500000)", ScriptOptions.create().memoryLimit(200_000)).error().type())
                .isEqualTo("memory_limit");
    }

    @Test
    void conversionsThatExpandSharedValues() {
        String shared = "local t = {} for i = 1, 40 do t = { t, t } end ";
        assertLimit("memory_limit", shared + "json.encode(t)");
        assertLimit("memory_limit", shared + "app.integrations.posthog.capture_event('x', 'u', { a = t })");
        assertLimit("output_limit", shared + "print(t)");
        ScriptResult returned = run(scripts, shared + "return t");
        assertThat(returned.error().type()).isEqualTo("memory_limit");
    }

    @Test
    void indentationOfSharedValues() {
        assertLimit("memory_limit", "local t = {} for i = 1, 700 do t['k' .. i] = 1 end "
                + "local list = {} for i = 1, 12 do list[i] = t end local deep = list "
                + "for i = 1, 95 do deep = { a = deep } end json.encode(deep, true)");
    }

    /** The error of a script is written after its run. */
    @Test
    void anErrorThatCannotBeWrittenEndsTheScript() {
        String limitInText = "for i = 1, 5 do pcall(app.integrations.posthog.nothing) end "
                + "error(setmetatable({}, { __tostring = function() app.integrations.posthog.nothing() end }))";
        String status = "local ok, err = pcall(app.integrations.posthog.nothing) err.status = 9007199254740993 error(err)";
        String position = "error('script:99999999999999: x', 0)";
        // More than can run at the same time
        for (int i = 0; i < 5; i++) {
            assertThat(run(scripts, limitInText).error().message()).isEqualTo("error object is a table value");
            assertThat(run(scripts, status).error().type()).isEqualTo("unknown_function");
            assertThat(run(scripts, position).error().message()).isEqualTo("script:99999999999999: x");
        }
    }

    @Test
    void errorsThatTheScriptChanged() {
        ScriptResult result = run(scripts, "local ok, err = pcall(app.integrations.posthog.nothing) "
                + "err.message = string.rep('m', 100000) err.hint = string.rep('h', 100000) error(err)");

        assertThat(result.error().message()).hasSize(2003).endsWith("m...");
        assertThat(result.error().hint()).hasSize(2003);
    }

    @Test
    void output() {
        assertLimit("output_limit", "while true do print(string.rep('x', 90)) end");
        assertThat(run(scripts, "return string.rep('x', 2000)").error()).satisfies(error -> {
            assertThat(error.type()).isEqualTo("output_limit");
            assertThat(error.message()).contains("printed and returned 2002 characters");
        });
    }

    @Test
    void calls() {
        assertLimit("call_limit", "while true do pcall(app.integrations.posthog.list_cohorts) end");
        assertLimit("call_limit", "while true do pcall(app.integrations.posthog.nothing) end");
        assertThat(run(scripts, "for i = 1, 9 do app.integrations.posthog.list_cohorts() end").calls()).hasSize(5);
    }

    @Test
    void sourceAndOptions() {
        assertThat(run(scripts, " ".repeat(5001)).error().type()).isEqualTo("source_limit");
        assertThat(run(scripts, "return 1", ScriptOptions.create().cpuLimit(Duration.ofSeconds(2))).error())
                .satisfies(error -> {
                    assertThat(error.type()).isEqualTo("validation");
                    assertThat(error.message()).contains("at most 0.3 seconds", "quarkus.posthog.lua.limits.cpu");
                });
        assertThat(run(scripts, "return 1", ScriptOptions.create().memoryLimit(5L << 20)).error().type())
                .isEqualTo("validation");
    }

    @Test
    void waitingIsNoComputingTime() {
        LuaApplication.addFault(new JsonObject().put("path", "/api/projects/1/cohorts").put("latencyMillis", 1_000));

        assertThat(run(scripts, "return app.integrations.posthog.list_cohorts().account").error()).isNull();
    }
}
