package io.quarkiverse.posthog.test.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagBootstrap;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.SecretKeys;

/** Evaluation contexts, runtimes and typed values, with flags of the emulator. */
class EmulatedFlagsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.flags.evaluation-contexts", "checkout,backend")
            .overrideConfigKey("quarkus.posthog.flags.api-version", "3")
            .overrideConfigKey("quarkus.posthog.\"local\".flags.evaluation-contexts", "checkout")
            .overrideConfigKey("quarkus.posthog.\"local\".flags.local-evaluation", "true");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("local")
    PostHog local;

    @Test
    @Tag("EVF-21")
    void flagsOfOtherContextsAreMissing() throws Exception {
        createFlags("");
        createFlags("\"local\".");
        local.reloadFlagDefinitions().await().atMost(TIMEOUT);

        assertThat(evaluate(posthog, FlagContext.of("zoe")).keys()).contains("tagged", "untagged").doesNotContain("elsewhere");
        FlagSnapshot flags = evaluate(local, FlagContext.of("zoe").onlyEvaluateLocally());
        assertThat(flags.keys()).contains("tagged", "untagged").doesNotContain("elsewhere");
        assertThat(flags.results().get("for-clients").runtime()).contains(EvaluationRuntime.CLIENT);
    }

    @Test
    @Tag("CLF-2")
    @Tag("CLF-3")
    void aBrowserGetsItsFlags() throws Exception {
        createFlags("");
        createFlags("\"local\".");
        local.reloadFlagDefinitions().await().atMost(TIMEOUT);
        FlagContext client = FlagContext.of("zoe").runtime(EvaluationRuntime.CLIENT);

        for (PostHog account : new PostHog[] { posthog, local }) {
            FlagBootstrap bootstrap = evaluate(account, client).bootstrap(true);
            assertThat(bootstrap.featureFlags()).containsEntry("tagged", true).containsEntry("for-clients", true)
                    .doesNotContainKey("for-servers");
        }
        assertThat(evaluate(posthog, FlagContext.of("zoe")).keys()).contains("for-servers");
    }

    @Test
    @Tag("RFL-10")
    @Tag("TYP-2")
    void typedValuesHaveDetails() throws Exception {
        createFlags("");

        FlagDetails<Boolean> details = evaluate(posthog, FlagContext.of("zoe")).getBooleanDetails("untagged", false);

        assertThat(details.value()).isTrue();
        assertThat(details.reason()).isEqualTo(FlagDetails.Reason.TARGETING_MATCH);
        assertThat(details.flagMetadata()).containsEntry("config_version", 1).containsEntry("reason_code", "condition_match");
    }

    private static FlagSnapshot evaluate(PostHog account, FlagContext context) {
        return account.evaluateFlags(context).await().atMost(TIMEOUT);
    }

    private static void createFlags(String account) throws IOException, InterruptedException {
        create(account, "tagged", "'evaluation_contexts': ['checkout', 'web'], 'evaluation_runtime': 'all'");
        create(account, "untagged", "'evaluation_runtime': 'all'");
        create(account, "elsewhere", "'evaluation_contexts': ['web']");
        create(account, "for-clients", "'evaluation_runtime': 'client'");
        create(account, "for-servers", "'evaluation_runtime': 'server'");
    }

    /** Does nothing if the flag exists. */
    private static void create(String account, String key, String more) throws IOException, InterruptedException {
        String json = "{'key': '" + key + "', 'filters': {'groups': [{'properties': []}]}, " + more + "}";
        HttpResponse<String> response = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(config(account, "host") + "/api/projects/@current/feature_flags/"))
                        .header("Authorization", "Bearer " + config(account, "personal-api-key"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.replace('\'', '"'))).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isIn(201, 400);
    }

    private static String config(String account, String key) {
        return SecretKeys.doUnlocked(
                () -> ConfigProvider.getConfig().getValue("quarkus.posthog." + account + key, String.class));
    }
}
