package org.acme.shop;

import static io.restassured.RestAssured.given;
import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagInUseException;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.testing.RecordedRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** Verifies the management of feature flags with the injected API. */
@QuarkusTest
class FeatureFlagsTest extends EmulatedAccounts {

    private static final FlagCondition PRO = FlagCondition.where(PropertyFilter.person("plan", "pro"));

    @Inject
    PostHog posthog;

    @Test
    void createsUpdatesDeletesAndRestoresAFlag() {
        FeatureFlag created = await(flags().create(NewFeatureFlag.of("gift-wrap", "Gift wrap").tag("checkout")
                .condition(PRO.rollout(90)).condition(FlagCondition.everyone().rollout(10))));
        assertThat(created.active()).isTrue();

        FeatureFlag updated = await(flags().update(created.id(), FeatureFlagUpdate.create().rollout(25)));
        assertThat(updated.filters().groups()).extracting(FlagCondition::rolloutPercentage).containsExactly(90.0, 25.0);
        assertThat(updated.filters().groups().get(0).properties()).isEqualTo(created.filters().groups().get(0).properties());
        assertThat(updated.tags()).containsExactly("checkout");

        await(flags().delete(created.id()));
        assertThat(await(flags().list())).extracting(FeatureFlag::key).doesNotContain("gift-wrap");
        assertThat(await(flags().get(created.id())).deleted()).isTrue();

        assertThat(await(flags().restore(created.id())).deleted()).isFalse();
        assertThat(await(flags().get("gift-wrap")).filters()).isEqualTo(updated.filters());

        // A real delete is what PostHog refuses
        assertThat(emulator.requests()).extracting(RecordedRequest::status).doesNotContain(Optional.of(405));
        assertThat(emulator.requests()).extracting(RecordedRequest::method).doesNotContain("DELETE");
    }

    @Test
    void rolloutKeepsVariantsAndPayloads() {
        FeatureFlag created = await(flags().create(NewFeatureFlag.of("colors").filters(FlagFilters.create()
                .condition(FlagCondition.everyone())
                .variant("green", 50).variant("blue", 50)
                .payload("green", Map.of("code", "#0a0")))));

        FeatureFlag updated = await(flags().update(created.id(), FeatureFlagUpdate.create().rollout(33.3)));

        assertThat(updated.filters().multivariate()).isEqualTo(created.filters().multivariate());
        assertThat(updated.filters().payloadAs("green", Map.class)).contains(Map.of("code", "#0a0"));
        assertThat(updated.filters().groups().get(0).rolloutPercentage()).isEqualTo(33.3);
    }

    @Test
    void newFiltersAlsoReplaceVariants() {
        FeatureFlag created = await(flags().create(NewFeatureFlag.of("colors").filters(FlagFilters.create()
                .condition(FlagCondition.everyone())
                .variant("green", 50).variant("blue", 50)
                .payload("green", "#0a0"))));

        FeatureFlag updated = await(flags().update(created.id(), FeatureFlagUpdate.create()
                .filters(created.filters().withoutVariants())));

        assertThat(updated.filters().multivariate()).isNull();
        assertThat(updated.filters().payloads()).isEmpty();
        assertThat(updated.filters().groups()).isEqualTo(created.filters().groups());
    }

    @Test
    void ambiguousRolloutIsRejected() {
        FeatureFlag created = await(flags().create(NewFeatureFlag.of("two-plans").condition(PRO)
                .condition(FlagCondition.where(PropertyFilter.person("plan", "vip")))));

        assertThatThrownBy(() -> await(flags().update(created.id(), FeatureFlagUpdate.create().rollout(25))))
                .isInstanceOf(IllegalArgumentException.class);

        FeatureFlag updated = await(flags().update(created.id(), FeatureFlagUpdate.create().rollout(1, 25)));
        assertThat(updated.filters().groups()).extracting(FlagCondition::rolloutPercentage).containsExactly(100.0, 25.0);
    }

    @Test
    void outdatedVersionIsAConflict() {
        FeatureFlag read = await(flags().get("new-checkout"));
        await(flags().update(read.id(), FeatureFlagUpdate.create().rollout(60)));

        assertThatThrownBy(() -> await(
                flags().update(read.id(), FeatureFlagUpdate.create().rollout(70).expectedVersion(read.version()))))
                .isInstanceOf(PostHogConflictException.class);

        assertThat(await(flags().get(read.id())).filters().groups().get(0).rolloutPercentage()).isEqualTo(60);
    }

    @Test
    void flagThatAnotherFlagDependsOnIsNotDeleted() {
        FeatureFlag needed = await(flags().get("new-checkout"));

        assertThatThrownBy(() -> await(flags().delete(needed.id())))
                .isInstanceOf(FeatureFlagInUseException.class).hasMessageContaining("express-checkout");
    }

    @Test
    void keyIsUnique() {
        assertThatThrownBy(() -> await(flags().create(NewFeatureFlag.of("new-checkout"))))
                .isInstanceOfSatisfying(PostHogValidationException.class,
                        failure -> assertThat(failure.code()).contains("unique"));
    }

    @Test
    void missingFlag() {
        assertThatThrownBy(() -> await(flags().get("no-such-flag"))).isInstanceOf(PostHogNotFoundException.class);
        assertThatThrownBy(() -> await(flags().delete(4711))).isInstanceOf(PostHogNotFoundException.class);
    }

    @Test
    void flagsAreListedByStateAndText() {
        FeatureFlag banner = await(flags().list(FeatureFlagQuery.create().search("banner")).toUni());
        await(flags().update(banner.id(), FeatureFlagUpdate.create().active(false)));

        assertThat(await(flags().list(FeatureFlagQuery.create().active(false)))).extracting(FeatureFlag::key)
                .containsExactly("hero-banner");
        assertThat(await(flags().list(FeatureFlagQuery.create().archived(true)))).extracting(FeatureFlag::key)
                .containsExactly("old-search");
    }

    @Test
    void remoteConfigurationIsReadWithTheSecureKey() {
        given().auth().oauth2("phx_emulator").contentType(ContentType.JSON).body("""
                {"key": "limits", "is_remote_configuration": true,
                 "filters": {"groups": [{"properties": []}], "payloads": {"true": {"items": 3}}}}""")
                .post(emulator.host() + "/api/projects/@current/feature_flags/").then().statusCode(201);

        assertThat(await(posthog.getRemoteConfigPayload("limits", Map.class))).isEqualTo(Map.of("items", 3));

        assertThat(emulator.requests()).last().extracting(request -> request.header("Authorization"))
                .isEqualTo(Optional.of("Bearer phs_***"));
    }

    private FeatureFlags flags() {
        return posthog.featureFlags();
    }
}
