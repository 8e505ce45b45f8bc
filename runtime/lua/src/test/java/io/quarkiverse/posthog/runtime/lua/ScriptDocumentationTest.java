package io.quarkiverse.posthog.runtime.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;

class ScriptDocumentationTest {

    private final ScriptDocumentation documentation = new ScriptDocumentation(FunctionCatalog.standard());

    @Test
    void namespacesAndFunctionsAreListed() {
        assertThat(documentation.list(null)).contains("`app.integrations.posthog`",
                "Guides: overview, examples, errors, json.");
        assertThat(documentation.list("app.integrations")).contains("`app.integrations.posthog`").doesNotContain("Guides");
        assertThat(documentation.list("integrations.posthog").lines()).hasSize(20);
        assertThat(documentation.list("other")).contains("no namespace `other`");
    }

    @Test
    void functionsAndGuidesAreFound() {
        assertThat(documentation.search("delete flag", 10)).startsWith("- `posthog_delete_feature_flag(");
        assertThat(documentation.search("retry_after", 10)).contains("- Guide errors: ");
        assertThat(documentation.search("zzz", 10)).contains("No function matches");
        assertThat(documentation.search("list", 2).lines().filter(line -> line.startsWith("- `"))).hasSize(2);
    }

    @Test
    void pagesHaveSeveralNames() {
        assertThat(documentation.page("app.overview")).isPresent();
        assertThat(documentation.page("app.integrations.posthog").orElseThrow()).contains("posthog_list_events(");
        assertThat(documentation.page("integrations.posthog.list_events").orElseThrow()).contains("# posthog_list_events")
                .contains("app.integrations.posthog.posthog_list_events({");
        assertThat(documentation.page("integrations.posthog.nothing")).isEmpty();
        assertThat(documentation.unknownPage("a\nb")).startsWith("There is no page 'a b'. Pages: overview, ");
    }
}
