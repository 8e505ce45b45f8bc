package org.acme.shop;

import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that PostHog's own SDK for Java works with the emulator. */
@QuarkusTest
class JavaSdkTest extends EmulatedAccounts {

    private static final int EVENTS = 5;

    @Inject
    PostHog posthog;

    @ConfigProperty(name = "quarkus.posthog.project-api-key")
    String key;

    @Test
    void whatTheSdkCapturesIsListed() {
        EventQuery query = EventQuery.create().event("captured with the SDK").distinctId("java-sdk");

        // Flushing by hand is a race with the queue of the SDK
        PostHogInterface sdk = com.posthog.server.PostHog
                .with(PostHogConfig.builder(key).host(emulator.host().toString()).flushAt(EVENTS).build());
        for (int i = 1; i <= EVENTS; i++) {
            sdk.capture("java-sdk", "captured with the SDK", PostHogCaptureOptions.builder().property("number", i).build());
        }
        await().untilAsserted(() -> assertThat(await(posthog.events().list(query))).hasSize(EVENTS));
        sdk.close();

        assertThat(await(posthog.events().list(query))).extracting(Event::properties)
                .allSatisfy(properties -> assertThat(properties).containsEntry("$lib", "posthog-server"))
                .extracting(properties -> properties.get("number")).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }
}
