package io.quarkiverse.posthog.test.lua;

import static io.quarkiverse.posthog.test.lua.LuaApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;

/**
 * The examples of KosmoKrator's reference for its PostHog functions run unchanged. The system property {@code lua.reference} is
 * the
 * file, which is not part of the repository.
 */
@Tag("LUA-1")
@EnabledIfSystemProperty(named = "lua.reference", matches = ".+")
class ReferenceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive(LuaBlock.class)
            .overrideConfigKey("quarkus.posthog.\"personal\".project-id", "3");

    @Inject
    PostHog posthog;

    @Inject
    PostHogScripts scripts;

    @BeforeEach
    void reset() {
        LuaApplication.reset();
    }

    @Test
    void everyExampleRuns() throws IOException {
        List<LuaBlock> blocks = LuaBlock.ofMarkdown(Files.readString(Path.of(System.getProperty("lua.reference"))));
        assertThat(blocks).hasSize(6);

        assertThat(result(blocks, "Capture a custom event")).satisfies(result -> {
            assertThat(result.error()).isNull();
            assertThat(result.output()).isEmpty();
        });
        assertThat(LuaApplication.requests("/batch")).hasSize(1);

        run(scripts, """
                for i = 1, 3 do
                  app.integrations.posthog.capture_event({ event = "$pageview", distinct_id = "reader-" .. i,
                    properties = { ["$pathname"] = "/page-" .. i } })
                end
                """);
        assertThat(result(blocks, "List recent pageview events")).satisfies(result -> {
            assertThat(result.error()).isNull();
            assertThat(result.output().lines()).containsExactlyInAnyOrderElementsOf(pageviews())
                    .contains("reader-3 - /page-3", "reader-2 - /page-2", "reader-1 - /page-1").hasSize(20);
        });

        assertThat(result(blocks, "Create a feature flag").error()).isNull();
        assertThat(run(scripts, "return app.integrations.posthog.get_feature_flag({ key = 'new-dashboard' })"
                + ".filters.groups[1].rollout_percentage").value().intValue()).isEqualTo(50);

        String dashboards = run(scripts, """
                local text = ""
                for _, d in ipairs(app.integrations.posthog.list_dashboards({}).results) do
                  text = text .. d.name .. " (ID: " .. string.format("%d", d.id) .. ")\\n"
                end
                return text
                """).value().asText();
        assertThat(dashboards).contains("(ID: ");
        assertThat(result(blocks, "List dashboards").output()).isEqualTo(dashboards);

        ScriptResult accounts = result(blocks, "Multi-Account Usage");
        assertThat(accounts.error().type()).isEqualTo("unknown_function");
        assertThat(accounts.error().line()).isEqualTo(2);
        assertThat(accounts.error().message())
                .startsWith("Unknown function: app.integrations.posthog.function_name.");

        ScriptResult placeholders = result(blocks, "Metadata-derived example");
        assertThat(placeholders.output()).isEmpty();
        assertThat(placeholders.error().type()).isEqualTo("validation");
        assertThat(placeholders.error().message())
                .contains("properties must be an object", "timestamp must be a string in ISO 8601 format with time zone",
                        "properties = {", "timestamp = \"20");
    }

    /** The same events, without a script. */
    private List<String> pageviews() {
        return posthog.events()
                .list(EventQuery.create().event("$pageview").after(Instant.parse("2026-04-01T00:00:00Z")).limit(20))
                .map(event -> event.distinctId() + " - " + event.properties().get("$pathname"))
                .collect().asList().await().atMost(LuaApplication.TIMEOUT);
    }

    private ScriptResult result(List<LuaBlock> blocks, String heading) {
        return run(scripts, blocks.stream().filter(block -> block.heading().contains(heading)).findFirst().orElseThrow()
                .code());
    }
}
