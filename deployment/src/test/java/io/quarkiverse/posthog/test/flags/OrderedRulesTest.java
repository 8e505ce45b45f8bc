package io.quarkiverse.posthog.test.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagDetails.Reason;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.smallrye.config.SecretKeys;
import io.smallrye.mutiny.Uni;

/** An application evaluates and changes a flag with ordered rules, whose value is a number. */
class OrderedRulesTest {

    private static final FlagContext PRO = FlagContext.of("zoe").personProperty("plan", "pro");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "true");

    @Inject
    PostHog postHog;

    private FeatureFlag limit;

    @BeforeEach
    void createFlag() {
        RestAssured.given().header("Authorization", "Bearer " + config("personal-api-key")).contentType(ContentType.JSON)
                .body("""
                        {"key": "limit", "filters": {"version": 2, "return_type": "number", "default_value": 3, "rules": [
                          {"rule_type": "targeted_release", "value": 25, "targeting": {"properties": [
                            {"type": "person", "key": "plan", "operator": "exact", "value": "pro"}]}}]}}""")
                .post(config("host") + "/api/projects/@current/feature_flags/");
        FeatureFlag created = now(postHog.featureFlags().get("limit"));
        limit = now(postHog.featureFlags().update(created.id(),
                FeatureFlagUpdate.create().active(true).expectedVersion(created.version())));
        now(postHog.reloadFlagDefinitions());
    }

    @Test
    @Tag("LFE-21")
    @Tag("TYP-5")
    void aNumberIsEvaluatedLocally() {
        FlagSnapshot flags = now(postHog.evaluateFlags(PRO.onlyEvaluateLocally()));

        FlagDetails<Integer> details = flags.getIntegerDetails("limit", 10);
        assertThat(details.value()).isEqualTo(25);
        assertThat(details.reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(details.flagMetadata()).containsEntry("config_version", 2).containsEntry("reason_code", "targeting_match")
                .containsEntry("condition_index", 0).containsEntry("rule_type", "targeted_release")
                .containsEntry("rule_id", rule().get("id"));
        assertThat(flags.payload("limit")).contains("25");
        assertThat(flags.result("limit").orElseThrow().locallyEvaluated()).isTrue();
    }

    @Test
    @Tag("LFE-21")
    void postHogEvaluatesAPersonThatTheRulesCannotDecide() {
        FlagSnapshot flags = now(postHog.evaluateFlags(FlagContext.of("somebody").flagKeys("limit")));

        assertThat(flags.getIntegerDetails("limit", 10).value()).isEqualTo(3);
        assertThat(flags.getIntegerDetails("limit", 10).reason()).isEqualTo(Reason.DEFAULT);
        assertThat(flags.result("limit").orElseThrow().locallyEvaluated()).isFalse();
    }

    @Test
    @Tag("LFE-21")
    void localAndRemoteEvaluationAgree() {
        FlagDetails<Integer> local = now(postHog.evaluateFlags(PRO.onlyEvaluateLocally())).getIntegerDetails("limit", 10);
        FlagDetails<Integer> remote = now(postHog.evaluateFlags(PRO.onlyEvaluateRemotely())).getIntegerDetails("limit", 10);

        assertThat(local).isEqualTo(remote);
    }

    @Test
    void theRulesAreWrittenBackUnchanged() {
        FeatureFlag changed = now(postHog.featureFlags().update(limit.id(),
                FeatureFlagUpdate.create().filters(limit.filters()).expectedVersion(limit.version())));

        assertThat(changed.filters()).isEqualTo(limit.filters());
        assertThat(changed.version()).isEqualTo(limit.version() + 1);
    }

    @Test
    void anUpdateNeedsTheVersionAndCannotSetARollout() {
        assertThatThrownBy(() -> now(postHog.featureFlags().update(limit.id(), FeatureFlagUpdate.create().active(false))))
                .isInstanceOf(PostHogValidationException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> now(postHog.featureFlags().update(limit.id(), FeatureFlagUpdate.create().rollout(50))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'limit' has ordered rules");
    }

    @Test
    void theFlagIsDeletedWithItsCurrentVersion() {
        assertThat(now(postHog.featureFlags().delete(limit.id())).deleted()).isTrue();
    }

    private Map<?, ?> rule() {
        return (Map<?, ?>) ((List<?>) limit.filters().additionalProperties().get("rules")).get(0);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    private static String config(String key) {
        return SecretKeys.doUnlocked(() -> ConfigProvider.getConfig().getValue("quarkus.posthog." + key, String.class));
    }
}
