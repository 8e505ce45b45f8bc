package io.quarkiverse.posthog.test.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;

/** PostHog changes how boolean filter values are compared while the application runs. */
class PropertyMatchingVersionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final FlagContext NO_VISITS = FlagContext.of("zoe").personProperty("visits", 0);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "true")
            .overrideConfigKey("quarkus.posthog.flags.definitions.poll-interval", "200ms");

    @Inject
    PostHog postHog;

    @Test
    @Tag("FDL-19")
    void valuesChangeWithoutARestart() {
        postHog.featureFlags().create(NewFeatureFlag.of("no-visits").filters(FlagFilters.create()
                .condition(FlagCondition.where(PropertyFilter.person("visits", false))))).await().atMost(TIMEOUT);

        for (int version : new int[] { 1, 2, 1 }) {
            boolean on = version == 1;
            change(version);

            await().atMost(TIMEOUT).until(() -> postHog.flagDefinitionsStatus().propertyMatchingVersion() == version);
            assertThat(postHog.evaluateFlagsLocally(NO_VISITS).value("no-visits").orElseThrow().enabled()).isEqualTo(on);
            assertThat(postHog.evaluateFlags(NO_VISITS.onlyEvaluateRemotely()).await().atMost(TIMEOUT).isEnabled("no-visits"))
                    .as("in PostHog").isEqualTo(on);
        }
    }

    private static void change(int version) {
        String host = ConfigProvider.getConfig().getValue("quarkus.posthog.host", String.class);
        RestAssured.given().contentType(ContentType.JSON).body("{\"flags\": {\"propertyMatchingVersion\": " + version + "}}")
                .put(host + "/_emulator/settings").then().statusCode(200);
    }
}
