package io.quarkiverse.posthog.test.errors;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;

/** What the application of {@link ExceptionsLiveReloadTest} does. */
@Path("/")
public class ReloadedResource {

    @Inject
    Captured captured;

    /** Sees all events and lets none of them go. */
    @Singleton
    public static class Captured implements BeforeSend {

        final Queue<String> messages = new ConcurrentLinkedQueue<>();

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            messages.add(event.properties().get("$exception_message").toString());
            return null;
        }
    }

    /** Ends a thread by an exception, and tells what was captured since the application has started. */
    @GET
    @Path("uncaught")
    public String uncaught() throws InterruptedException {
        Thread doomed = new Thread(() -> {
            throw new IllegalStateException("doomed");
        });
        doomed.start();
        doomed.join();
        return String.join(",", captured.messages);
    }

    /** Who is told of what nobody catches. */
    @GET
    @Path("handler")
    public String handler() {
        return Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler())
                .map(handler -> handler.getClass().getSimpleName()).orElse("nobody");
    }
}
