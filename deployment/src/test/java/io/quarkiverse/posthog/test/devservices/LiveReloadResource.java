package io.quarkiverse.posthog.test.devservices;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.smallrye.mutiny.Uni;

/** What is changed while {@link EmulatorLiveReloadTest} runs. */
@Path("/")
public class LiveReloadResource {

    @Inject
    PostHog posthog;

    @ConfigProperty(name = "quarkus.posthog.host")
    String host;

    @GET
    @Path("/host")
    public String host() {
        return "before " + host;
    }

    @POST
    @Path("/capture")
    public Uni<UUID> capture() {
        return posthog.captureImmediate(CaptureEvent.of("live reload", "ada"));
    }

    @GET
    @Path("/captured")
    public Uni<Integer> captured() {
        return posthog.events().list(EventQuery.create().event("live reload")).collect().asList().map(List<Event>::size);
    }
}
