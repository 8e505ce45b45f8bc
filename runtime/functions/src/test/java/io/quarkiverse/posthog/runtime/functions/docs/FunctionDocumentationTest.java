package io.quarkiverse.posthog.runtime.functions.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;

class FunctionDocumentationTest {

    private static final Path TABLE = Path.of("../../docs/modules/ROOT/pages/includes/agent-functions.adoc");

    private final FunctionCatalog catalog = FunctionCatalog.standard();
    private final FunctionDocumentation docs = new FunctionDocumentation(catalog, CallSyntax.JSON);

    /** Run with {@code -Dagent-functions.write=true} to write the table again. */
    @Test
    void theTableOfTheDocumentationIsCurrent() throws IOException {
        if (Boolean.getBoolean("agent-functions.write")) {
            Files.writeString(TABLE, docs.asciidoc());
        }
        assertThat(TABLE).hasContent(docs.asciidoc());
    }

    @Test
    void eachFunctionHasAPage() {
        assertThat(docs.pages()).hasSize(catalog.names().size() + 1);
        assertThat(docs.markdown("integrations.posthog").orElseThrow()).contains(catalog.names());
        assertThat(docs.markdown("integrations.posthog.posthog_create_feature_flag").orElseThrow())
                .contains("posthog_create_feature_flag({name, key, active?, filters?, rollout_percentage?, dry_run?})",
                        "| `key` | string | yes |", "0 to 100.", "\"new-checkout\"");
        assertThat(docs.markdown("integrations.posthog.unknown")).isEmpty();
        assertThat(docs.markdown("other")).isEmpty();
    }

    @Test
    void examplesOfScriptsAreLua() {
        FunctionDocumentation lua = new FunctionDocumentation(catalog, CallSyntax.LUA);

        assertThat(lua.markdown("integrations.posthog.posthog_create_feature_flag").orElseThrow()).contains("""
                ```lua
                local result = app.integrations.posthog.posthog_create_feature_flag({
                  name = "New checkout flow",
                  key = "new-checkout"
                })
                print(result)
                ```
                """);
        assertThat(lua.markdown("integrations.posthog.posthog_update_feature_flag").orElseThrow()).contains("active = ");
        assertThat(lua.markdown("integrations.posthog.posthog_delete_feature_flag").orElseThrow()).doesNotContain("dry_run = ");
        assertThat(lua.markdown("integrations.posthog").orElseThrow()).contains("raises a table").doesNotContain("posthog://");
        assertThat(lua.search("delete flag")).contains("Page: integrations.posthog.posthog_delete_feature_flag");
        assertThat(lua.search("delete flag", 1).orElseThrow().lines()).hasSize(1);
    }

    @Test
    void theSearchFindsTheMostSimilarFunctionFirst() {
        assertThat(docs.search("delete flag").lines().findFirst().orElseThrow()).contains("posthog_delete_feature_flag");
        assertThat(docs.search("hogql").lines().findFirst().orElseThrow()).contains("posthog_query");
        assertThat(docs.search("posthog_list_cohorts").lines().findFirst().orElseThrow()).contains("posthog_list_cohorts");
        assertThat(docs.search("zzz")).contains("No function matches", "posthog_doctor");
    }

    @Test
    void theAccountIsAnArgumentOnlyIfThereAreSeveral() {
        var function = catalog.find("posthog_get_person").orElseThrow();

        assertThat(FunctionSchemas.arguments(function, List.of("work")).toString()).doesNotContain("account");
        assertThat(FunctionSchemas.arguments(function, List.of("default", "work")).at("/properties/account").toString())
                .isEqualTo("{\"type\":\"string\",\"enum\":[\"default\",\"work\"],\"default\":\"default\"}");
        assertThat(FunctionSchemas.arguments(function, List.of("home", "work")).get("required").toString())
                .isEqualTo("[\"account\"]");
    }
}
