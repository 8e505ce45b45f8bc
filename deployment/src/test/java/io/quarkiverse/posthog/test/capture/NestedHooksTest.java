package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Hooks and listeners of an application that capture something each time they are called. */
class NestedHooksTest {

    private static final int ENDLESS = 50;
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final List<String> DELIVERED = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, Capturing.class,
                    Listening.class))
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .setLogRecordPredicate(record -> record.getMessage().contains("was captured in a BeforeSend"))
            .assertLogRecords(records -> assertThat(records).as("once per account").hasSizeBetween(1, 2));

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    /** Not for each test: requests of the one before may still be on their way. */
    private static CaptureRequests requests;

    @BeforeEach
    void reset() {
        if (requests == null) {
            requests = new CaptureRequests().answering();
        }
        SEEN.clear();
        DELIVERED.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = { "capture", "captureImmediate", "captureAll", "captureException", "identify", "alias",
            "groupIdentify",
            "captureAi", "uni", "worker", "executor" })
    @Tag("BSH-10")
    void whatAHookCapturesPassesTheHooksOnce(String way) {
        long nested = nested();

        postHog.capture(CaptureEvent.of(way, "zoey"));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> nested() > nested);
        assertThat(SEEN).as("calls of the hook").hasSize(2);
        assertThat(nested()).isEqualTo(nested + 1);
    }

    @Test
    @Tag("BSH-10")
    void theHooksOfSeveralAccountsNestAsThoseOfOne() {
        long nested = nested();

        postHog.capture(CaptureEvent.of("work", "zoey"));

        assertThat(SEEN).hasSize(2);
        assertThat(nested()).isEqualTo(nested + 1);
    }

    @Test
    @Tag("LIS-4")
    void whatAListenerCapturesCallsNoListener() {
        postHog.capture(CaptureEvent.of("listen", "zoey"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            postHog.flush().await().atMost(Duration.ofSeconds(10));
            assertThat(requests.events()).extracting(event -> event.path("event").asText())
                    .contains("listen", "delivered listen");
        });
        assertThat(DELIVERED).containsExactly("listen");
        assertThat(requests.events()).extracting(event -> event.path("event").asText())
                .filteredOn(name -> name.contains("listen")).containsExactly("listen", "delivered listen");
    }

    private long nested() {
        return postHog.captureStatus().dropped(DropReason.NESTED) + work.captureStatus().dropped(DropReason.NESTED);
    }

    @Singleton
    @Unremovable
    static class Capturing implements BeforeSend {

        @Inject
        PostHog postHog;

        @Inject
        @PostHogAccount("work")
        PostHog work;

        @Inject
        ManagedExecutor executor;

        private volatile String way;

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            if (event.event().contains("listen")) {
                return event;
            }
            SEEN.add(event.event());
            if (SEEN.size() == 1) {
                way = event.event();
            }
            if (SEEN.size() < ENDLESS) {
                captureMore(event);
            }
            return event;
        }

        private void captureMore(CaptureEvent event) {
            CaptureEvent another = CaptureEvent.of("another", "zoey");
            switch (way) {
                case "captureImmediate" -> postHog.captureImmediate(another).subscribe().with(ignored -> {
                });
                case "captureAll" -> postHog.captureAll(Multi.createFrom().item(another)).subscribe().with(ignored -> {
                });
                case "captureException" -> postHog.captureException(new IllegalStateException("in the hook"));
                case "identify" -> postHog.identify("zoey", Map.of("plan", "pro"));
                case "alias" -> postHog.alias("zoey", "another");
                case "groupIdentify" -> postHog.groupIdentify("company", "acme", Map.of("plan", "pro"));
                case "captureAi" -> postHog.captureAi(another);
                case "uni" -> Uni.createFrom().voidItem().subscribe().with(ignored -> postHog.capture(another));
                case "worker" -> Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(5))
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .subscribe().with(ignored -> postHog.capture(another));
                case "executor" -> executor.execute(() -> postHog.capture(another));
                case "work" -> (event.event().equals("work") ? work : postHog).capture(another);
                default -> postHog.capture(another);
            }
        }
    }

    @Singleton
    @Unremovable
    static class Listening implements CaptureListener {

        @Inject
        PostHog postHog;

        @Override
        public void onDelivered(DeliveredEvent event) {
            if (event.event().event().contains("listen")) {
                DELIVERED.add(event.event().event());
                postHog.capture(CaptureEvent.of("delivered " + event.event().event(), "zoey"));
            }
        }
    }
}
