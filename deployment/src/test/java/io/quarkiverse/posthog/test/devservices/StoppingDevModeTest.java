package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.test.Ports;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** Dev mode stops while events are queued for the emulator, which stops after the application. */
class StoppingDevModeTest {

    private static final int PORT = Ports.free();
    private static final String DELIVERED = "posthog.test.delivered";

    /** Called after the application has stopped. */
    @RegisterExtension
    @Order(1)
    static final AfterEachCallback STOPPED = context -> assertThat(Integer.getInteger(DELIVERED)).isEqualTo(2);

    @RegisterExtension
    @Order(2)
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClasses(Queue.class, Deliveries.class)
                    .addAsResource(new StringAsset("quarkus.http.port=" + PORT
                            + "\nquarkus.posthog.capture.flush-interval=1h"), "application.properties"));

    @Path("/queue")
    public static class Queue {

        @Inject
        PostHog postHog;

        /** Quarkus stops the application on its main thread, whose interruption must not matter. */
        @GET
        public long queue() {
            postHog.capture(CaptureEvent.of("viewed", "zoe"));
            postHog.capture(CaptureEvent.of("bought", "zoe"));
            Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("Quarkus Main Thread"))
                    .forEach(Thread::interrupt);
            return postHog.captureStatus().queued();
        }
    }

    @ApplicationScoped
    public static class Deliveries implements CaptureListener {

        @Override
        public void onDelivered(DeliveredEvent event) {
            System.setProperty(DELIVERED, Integer.toString(Integer.getInteger(DELIVERED, 0) + 1));
        }
    }

    @Test
    @Tag("SHD-16")
    void deliversQueuedEvents() {
        System.clearProperty(DELIVERED);

        assertThat(RestAssured.get("http://localhost:" + PORT + "/queue").asString()).isEqualTo("2");

        assertThat(Integer.getInteger(DELIVERED)).isNull();
    }
}
