package io.quarkiverse.posthog.redis;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.quarkiverse.posthog.PostHog;

/** What the application of these tests does: it evaluates flags without asking anybody. */
@Path("/flags")
public class FlagResource {

    @Inject
    PostHog postHog;

    @GET
    @Path("{key}")
    public boolean isOn(@PathParam("key") String key) {
        return postHog.evaluateFlagsLocally("zoe").isEnabled(key);
    }
}
