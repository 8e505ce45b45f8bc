package io.quarkiverse.posthog.test.flags;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.quarkiverse.posthog.PostHog;

/** What the application of {@link DefinitionsLiveReloadTest} does. */
@Path("/flags")
public class LocalFlagResource {

    @Inject
    PostHog posthog;

    @GET
    @Path("{key}")
    public boolean isOn(@PathParam("key") String key) {
        return posthog.evaluateFlagsLocally("zoe").isEnabled(key);
    }
}
