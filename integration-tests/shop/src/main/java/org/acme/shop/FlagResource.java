package org.acme.shop;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.ResponseStatus;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

@Path("/flags")
@Produces(MediaType.APPLICATION_JSON)
public class FlagResource {

    @Inject
    PostHog posthog;

    public record NewFlag(String key, String name, Double rollout) {
    }

    /** Updates a flag. Fields that are null are not changed. */
    public record FlagChange(Boolean active, Double rollout, Integer version) {
    }

    @GET
    public Multi<FeatureFlag> list() {
        return posthog.featureFlags().list();
    }

    @GET
    @Path("/{id}")
    public Uni<FeatureFlag> get(long id) {
        return posthog.featureFlags().get(id);
    }

    /** Returns the value of each flag for a customer. */
    @GET
    @Path("/for/{customer}")
    public Uni<Map<String, FlagValue>> evaluate(String customer) {
        return posthog.getAllFlags(customer);
    }

    @POST
    @ResponseStatus(201)
    public Uni<FeatureFlag> create(NewFlag flag) {
        return posthog.featureFlags().create(NewFeatureFlag.of(flag.key(), flag.name() == null ? "" : flag.name())
                .rollout(flag.rollout() == null ? 100 : flag.rollout()));
    }

    @PATCH
    @Path("/{id}")
    public Uni<FeatureFlag> change(long id, FlagChange change) {
        FeatureFlagUpdate update = FeatureFlagUpdate.create();
        if (change.active() != null) {
            update = update.active(change.active());
        }
        if (change.rollout() != null) {
            update = update.rollout(change.rollout());
        }
        if (change.version() != null) {
            update = update.expectedVersion(change.version());
        }
        return posthog.featureFlags().update(id, update);
    }

    @DELETE
    @Path("/{id}")
    public Uni<FeatureFlag> delete(long id) {
        return posthog.featureFlags().delete(id);
    }

    @POST
    @Path("/{id}/restore")
    public Uni<FeatureFlag> restore(long id) {
        return posthog.featureFlags().restore(id);
    }
}
