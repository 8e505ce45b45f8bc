package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.QuarkusUnitTest;

class EmulatorPerAccountTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @ConfigProperty(name = "quarkus.posthog.host")
    String host;

    @ConfigProperty(name = "quarkus.posthog.\"work\".host")
    String workHost;

    @Test
    void eachAccountHasAnEmulatorOfItsOwn() {
        posthog.captureNow(CaptureEvent.of("default only", "ada")).await().atMost(TIMEOUT);
        work.captureNow(CaptureEvent.of("work only", "ada")).await().atMost(TIMEOUT);

        assertThat(host).isNotEqualTo(workHost);
        assertThat(events(posthog, "default only")).hasSize(1);
        assertThat(events(posthog, "work only")).isEmpty();
        assertThat(events(work, "work only")).hasSize(1);
    }

    private static List<Event> events(PostHog account, String name) {
        return account.events().list(EventQuery.create().event(name)).collect().asList().await().atMost(TIMEOUT);
    }
}
