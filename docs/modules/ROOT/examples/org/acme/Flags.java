package org.acme;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.PropertyOperator;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagInUseException;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.smallrye.mutiny.Uni;

@ApplicationScoped
public class Flags {

    @Inject
    PostHog posthog;

    // tag::create[]
    public Uni<FeatureFlag> create() {
        return posthog.featureFlags().create(NewFeatureFlag.of("new-dashboard", "New dashboard").rollout(50));
    }
    // end::create[]

    // tag::filters[]
    public Uni<FeatureFlag> createExperiment() {
        return posthog.featureFlags().create(NewFeatureFlag.of("checkout", "Which checkout")
                .filters(FlagFilters.create()
                        .condition(FlagCondition.where(
                                PropertyFilter.person("plan", "pro"),
                                PropertyFilter.person("country", PropertyOperator.IS_NOT, "US")))
                        .condition(FlagCondition.everyone().rollout(10))
                        .variant("control", 50)
                        .variant("express", 50)
                        .payload("express", Map.of("color", "green"))));
    }
    // end::filters[]

    // tag::rollout[]
    public Uni<FeatureFlag> rollOut(long id) {
        return posthog.featureFlags().update(id, FeatureFlagUpdate.create().rollout(75));
    }
    // end::rollout[]

    // tag::conflict[]
    public Uni<FeatureFlag> switchOff(FeatureFlag asRead) {
        return posthog.featureFlags()
                .update(asRead.id(), FeatureFlagUpdate.create().active(false).expectedVersion(asRead.version()))
                .onFailure(PostHogConflictException.class).recoverWithUni(() -> posthog.featureFlags().get(asRead.id()));
    }
    // end::conflict[]

    // tag::delete[]
    public Uni<FeatureFlag> delete(long id) {
        return posthog.featureFlags().delete(id)
                .onFailure(FeatureFlagInUseException.class)
                .transform(inUse -> new IllegalStateException("Still in use: " + inUse.getMessage()));
    }
    // end::delete[]
}
