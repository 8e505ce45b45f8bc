package org.acme.backoffice;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.FlagContext;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Handles each request on a virtual thread, which blocks. */
@Path("/orders")
@RunOnVirtualThread
public class OrderResource {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    /** Returns the distinct ID of the current user according to the context, the flags and the event. */
    @GET
    @Path("/{order}")
    public String view(String order) throws InterruptedException {
        Thread.sleep(1);
        posthog.captureImmediate(CaptureEvent.of("order viewed").property("order", order)).await().indefinitely();
        String flagsFor = posthog.evaluateFlags(FlagContext.create()).await().indefinitely().distinctId().orElse("nobody");
        posthog.captureException(new IllegalStateException("Order " + order + " is incomplete"));
        return "%s %s %s".formatted(Thread.currentThread().isVirtual() ? "virtual" : "platform",
                context.distinctId().orElse("nobody"), flagsFor);
    }
}
