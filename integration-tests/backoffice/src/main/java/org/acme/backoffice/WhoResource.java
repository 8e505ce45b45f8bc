package org.acme.backoffice;

import java.util.Map;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;

/** Captures an event for the current user, and returns the user's identity. */
@Path("/who")
public class WhoResource {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    /** @param groups the key of each group, by type */
    public record Who(String distinctId, Map<String, String> groups) {
    }

    @GET
    public Who anybody() {
        return who();
    }

    @GET
    @Path("/staff")
    @RolesAllowed("staff")
    public Who staff() {
        return who();
    }

    private Who who() {
        posthog.capture(CaptureEvent.of("who"));
        return new Who(context.distinctId().orElse(null), context.groups());
    }
}
