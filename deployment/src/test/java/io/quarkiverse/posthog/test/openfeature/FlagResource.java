package io.quarkiverse.posthog.test.openfeature;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.quarkiverse.posthog.flags.FeatureGate;

/** What the application of {@link OpenFeatureLiveReloadTest} does. */
@Path("/")
public class FlagResource {

    @GET
    @Path("openfeature")
    public boolean openFeature() {
        return OpenFeatureAPI.getInstance().getClient()
                .getBooleanValue("beta-ui", false, new ImmutableContext("zoe"));
    }

    @GET
    @Path("gated")
    @FeatureGate("beta-ui")
    public String gated() {
        return "there";
    }
}
