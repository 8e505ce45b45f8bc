package org.acme.hello;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.common.annotation.NonBlocking;

/** A minimal endpoint in an application with the extension. */
@Path("/hello")
public class HelloResource {

    @Inject
    PostHog posthog;

    @GET
    @NonBlocking
    public String hello() {
        return "hello";
    }

    /** Captures an event. Not part of the measurement. */
    @GET
    @NonBlocking
    @Path("/captured")
    public String captured() {
        posthog.capture(CaptureEvent.of("hello"));
        return "hello";
    }
}
