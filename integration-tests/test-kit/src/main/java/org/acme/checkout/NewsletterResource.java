package org.acme.checkout;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.jboss.resteasy.reactive.ResponseStatus;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.smallrye.mutiny.Uni;

/** Captures newsletter sign-ups in the PostHog project of the marketing department. */
@Path("/newsletter")
public class NewsletterResource {

    @Inject
    @PostHogAccount("marketing")
    PostHog marketing;

    @POST
    @Path("/{email}")
    @ResponseStatus(202)
    public void signUp(@PathParam("email") String email) {
        // After the response
        Uni.createFrom().item(email).onItem().delayIt().by(Duration.ofMillis(200)).subscribe()
                .with(reader -> marketing.capture(CaptureEvent.of("newsletter sign-up", reader)));
    }
}
