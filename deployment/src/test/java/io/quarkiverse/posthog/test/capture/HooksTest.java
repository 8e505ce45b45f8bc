package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;

/** Hooks and listeners are beans of the application. */
class HooksTest {

    private static final List<String> NEWS = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, First.class, Second.class,
                    OfWork.class, Listener.class, BrokenListener.class))
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work");

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    private CaptureRequests requests;

    @BeforeEach
    void reset() {
        requests = new CaptureRequests().answering();
        NEWS.clear();
    }

    @Test
    @Tag("BSH-3")
    @Tag("BSH-8")
    void hooksAreCalledByPriorityForTheirAccount() {
        capture(postHog, "viewed");
        capture(work, "viewed");

        assertThat(requests.events()).extracting(event -> event.at("/properties/hooks").asText())
                .containsExactly("first second", "first second work");
    }

    @Test
    @Tag("BSH-9")
    void aHookMayUsePostHogItself() {
        capture(postHog, "ask");

        assertThat(requests.events()).extracting(event -> event.at("/properties/opted out").asText()).containsExactly("false");
    }

    @Test
    @Tag("LIS-1")
    @Tag("LIS-3")
    void listenersAreToldWhatBecomesOfEventsWhateverOtherListenersDo() {
        requests.answering(CaptureRequests.status(400));

        capture(postHog, "refused");
        capture(postHog, "viewed");
        postHog.capture(CaptureEvent.of(" ", "zoey"));
        postHog.capture(CaptureEvent.of("drop", "zoey"));

        assertThat(NEWS).containsExactly("attempt 400", "default dropped refused REJECTED", "attempt 200",
                "default delivered viewed", "default dropped   INVALID");
    }

    private static void capture(PostHog account, String name) {
        assertThat(account.capture(CaptureEvent.of(name, "zoey"))).isPresent();
        account.flush().await().atMost(Duration.ofSeconds(10));
    }

    @Singleton
    @Unremovable
    @Priority(10)
    static class First implements BeforeSend {

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            return event.event().equals("drop") ? null : event.property("hooks", "first");
        }
    }

    @Singleton
    @Unremovable
    @Priority(5)
    static class Second implements BeforeSend {

        @Inject
        PostHog postHog;

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            CaptureEvent seen = event.property("hooks", event.properties().get("hooks") + " second");
            return event.event().equals("ask") ? seen.property("opted out", postHog.isOptedOut()) : seen;
        }
    }

    @Singleton
    @Unremovable
    @PostHogAccount("work")
    static class OfWork implements BeforeSend {

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            return event.property("hooks", event.properties().get("hooks") + " work");
        }
    }

    @Singleton
    @Unremovable
    @Priority(10)
    static class BrokenListener implements CaptureListener {

        @Override
        public void onDelivered(DeliveredEvent event) {
            throw new IllegalStateException("broken listener");
        }

        @Override
        public void onDropped(DroppedEvent event) {
            throw new IllegalStateException("broken listener");
        }
    }

    @Singleton
    @Unremovable
    @PostHogAccount(PostHogAccount.DEFAULT)
    static class Listener implements CaptureListener {

        @Override
        public void onDelivered(DeliveredEvent event) {
            NEWS.add(event.account() + " delivered " + event.event().event());
        }

        @Override
        public void onDropped(DroppedEvent event) {
            assertThat(event.reason()).isNotEqualTo(DropReason.BEFORE_SEND);
            NEWS.add(event.account() + " dropped " + event.event().event() + " " + event.reason());
        }

        @Override
        public void onAttempt(DeliveryAttempt attempt) {
            NEWS.add("attempt " + attempt.status().orElse(0));
        }
    }
}
