package io.quarkiverse.posthog.test.lua;

import static io.quarkiverse.posthog.test.lua.LuaApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;

/** The policy of scripts of the application, without a person who could approve calls. */
@Tag("LUA-4")
class ScriptPolicyTest {

    private static final String CAPTURE = "app.integrations.posthog.%s.capture_event('x', 'u')";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled()
            .overrideConfigKey("quarkus.posthog.\"open\".project-id", "3")
            .overrideConfigKey("quarkus.posthog.\"closed\".project-id", "4")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.accounts.\"open\".write", "allow")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.accounts.\"closed\".read", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.lua.accounts.\"closed\".write", "deny");

    @Inject
    PostHogScripts scripts;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    @Test
    void changesNeedAnApprovalByDefault() {
        ScriptResult result = run(scripts, CAPTURE.formatted("default"));

        assertThat(result.error().type()).isEqualTo("approval_required");
        assertThat(result.error().hint()).contains("quarkus.posthog.lua.accounts.\"default\".write=allow");
        assertThat(LuaApplication.writes()).isEmpty();
    }

    @Test
    void changesCanBeAllowedForAnAccount() {
        assertThat(run(scripts, CAPTURE.formatted("open")).error()).isNull();
    }

    @Test
    void deniedCallsAreErrorsOfTheirOwnAndTheScriptCanContinue() {
        ScriptResult result = run(scripts, """
                local ok, err = pcall(app.integrations.posthog.closed.list_cohorts)
                print(ok, err.type, err.account)
                print(app.integrations.posthog.list_cohorts().account)
                """);

        assertThat(result.error()).isNull();
        assertThat(result.output()).isEqualTo("false\tdenied\tclosed\ndefault\n");
        assertThat(run(scripts, CAPTURE.formatted("closed")).error().type()).isEqualTo("denied");
    }

    @Test
    @Tag("LUA-5")
    void aDryRunIsPossibleWithoutApproval() {
        ScriptResult result = run(scripts, "return " + CAPTURE.formatted("default") + ".approval_required",
                ScriptOptions.create().dryRun(true));

        assertThat(result.error()).isNull();
        assertThat(result.value().booleanValue()).isTrue();
        assertThat(LuaApplication.writes()).isEmpty();
    }
}
