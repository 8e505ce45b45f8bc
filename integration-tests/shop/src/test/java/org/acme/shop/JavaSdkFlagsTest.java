package org.acme.shop;

import static io.restassured.RestAssured.given;
import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogFeatureFlagOptions;
import com.posthog.server.PostHogInterface;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that PostHog's own SDK and the extension return the same flags with the emulator, locally and remotely. */
@QuarkusTest
class JavaSdkFlagsTest extends EmulatedAccounts {

    private static final List<String> FLAGS = List.of("express-checkout", "free-shipping", "hero-banner", "new-checkout",
            "vip-discount");
    private static final Map<String, Map<String, Object>> CUSTOMERS = Map.of(
            "ada", Map.of("plan", "free", "country", "DE"),
            "emma", Map.of("plan", "vip", "country", "DE"),
            "dan", Map.of("plan", "free", "country", "US"),
            "leo", Map.of("plan", "free", "country", "US"),
            "somebody new", Map.of("plan", "pro", "country", "FR"));

    @Inject
    PostHog posthog;

    @ConfigProperty(name = "quarkus.posthog.project-api-key")
    String key;

    @ConfigProperty(name = "quarkus.posthog.feature-flags-secure-api-key")
    String secureKey;

    private PostHogInterface remote;
    private PostHogInterface local;

    @BeforeEach
    void connect() {
        remote = com.posthog.server.PostHog.with(config().build());
        local = com.posthog.server.PostHog.with(config().localEvaluation(true).personalApiKey(secureKey).build());
        // It asks the emulator until it has definitions
        await().untilAsserted(() -> {
            long before = flagRequests();
            local.getFeatureFlag("test-" + UUID.randomUUID(), "free-shipping", options(Map.of("country", "DE")));
            assertThat(flagRequests()).isEqualTo(before);
        });
    }

    @AfterEach
    void disconnect() {
        remote.close();
        local.close();
    }

    @Test
    void allEvaluationsAgree() {
        LocalEvaluator evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(given().auth().oauth2(secureKey)
                .get(emulator.host() + "/flags/definitions?token=" + key + "&send_cohorts").asByteArray()));
        Map<String, Object> found = new LinkedHashMap<>();
        CUSTOMERS.forEach((customer, properties) -> FLAGS.forEach(flag -> {
            Object answered = await(posthog.getFeatureFlag(flag, FlagContext.of(customer).personProperties(properties)))
                    .toJson();
            String which = flag + " of " + customer;
            found.put(which, answered);
            assertThat(remote.getFeatureFlag(customer, flag, options(properties))).as(which).isEqualTo(answered);
            assertThat(local.getFeatureFlag(customer, flag, options(properties))).as(which).isEqualTo(answered);
            Value value = (Value) evaluator.evaluate(flag,
                    new EvaluationInput(customer, null, null, properties, null, InstantSource.system()));
            assertThat(value.variant() == null ? (Object) value.enabled() : value.variant()).as(which).isEqualTo(answered);
        }));
        assertThat(found.values()).contains(true, false, "control", "summer");
    }

    private PostHogConfig.Builder config() {
        return PostHogConfig.builder(key).host(emulator.host().toString()).sendFeatureFlagEvent(false)
                .featureFlagCacheMaxAgeMs(0);
    }

    private static PostHogFeatureFlagOptions options(Map<String, Object> properties) {
        return PostHogFeatureFlagOptions.builder().personProperties(properties).build();
    }

    private long flagRequests() {
        return emulator.requests(Endpoint.FLAGS).size();
    }
}
