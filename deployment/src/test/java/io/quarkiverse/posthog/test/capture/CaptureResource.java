package io.quarkiverse.posthog.test.capture;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.mutiny.Uni;

/** What the application of {@link CaptureLiveReloadTest} does. Each answers how many events wait. */
@Path("/")
public class CaptureResource {

    @Inject
    PostHog posthog;

    @GET
    @Path("capture")
    public long capture() {
        posthog.capture(CaptureEvent.of("viewed", "zoey"));
        return posthog.captureStatus().queued();
    }

    @GET
    @Path("flush")
    public Uni<Long> flush() {
        return posthog.flush().map(status -> status.queued());
    }
}
