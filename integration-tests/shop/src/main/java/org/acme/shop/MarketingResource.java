package org.acme.shop;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.events.Event;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The newsletter of the marketing department, which has its own PostHog project. */
@Path("/marketing")
@Produces(MediaType.APPLICATION_JSON)
public class MarketingResource {

    @Inject
    @PostHogAccount("marketing")
    PostHog marketing;

    public record SignUp(String email) {
    }

    public record Confirmation(UUID event) {
    }

    @POST
    @Path("/sign-ups")
    @ResponseStatus(201)
    public Uni<Confirmation> signUp(SignUp signUp) {
        return marketing.captureImmediate(CaptureEvent.of("newsletter sign-up", signUp.email())
                .property("$set", Map.of("email", signUp.email())))
                .map(Confirmation::new);
    }

    @GET
    @Path("/events")
    public Multi<Event> events(@RestQuery @DefaultValue("24") int hours, @RestQuery String name,
            @RestQuery @DefaultValue("20") int limit) {
        return marketing.events().list(EventResource.last(hours, name, limit));
    }
}
