package io.quarkiverse.posthog.redis;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagContext;

/** The application under test, which evaluates flags locally only. */
@Path("/flags")
public class FlagResource {

    @Inject
    PostHog postHog;

    @GET
    @Path("{key}")
    public boolean isOn(@PathParam("key") String key) {
        return postHog.evaluateFlagsLocally(FlagContext.of("zoe").personProperty("visits", 0)).isEnabled(key);
    }
}
