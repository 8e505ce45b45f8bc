package org.acme.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that the extension needs no other extensions, and captures exceptions without them. */
@QuarkusTest
class WorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Worker worker;

    @Inject
    PostHog posthog;

    private final Instant begin = Instant.now();

    @ParameterizedTest
    @ValueSource(strings = { "io.quarkus.vertx.http.runtime.CurrentVertxRequest", "io.quarkus.scheduler.Scheduler",
            "io.vertx.ext.web.RoutingContext", "org.eclipse.microprofile.reactive.messaging.Message",
            "dev.openfeature.sdk.OpenFeatureAPI", "org.eclipse.microprofile.jwt.JsonWebToken",
            "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder",
            "io.quarkus.security.runtime.SecurityIdentityAssociation" })
    void applicationHasNoOtherExtensions(String type) {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName(type, false, Thread.currentThread().getContextClassLoader()));
    }

    @Test
    void capturesUncaughtExceptions() {
        worker.work();

        assertThat(exception().properties()).containsEntry("$exception_message", "work failed")
                .containsEntry("$exception_source", "quarkus.executor")
                .containsEntry("$process_person_profile", false);
    }

    @Test
    void capturesCaughtExceptions() {
        worker.tryToWork();

        assertThat(exception().distinctId()).isEqualTo("worker-1");
        assertThat(exception().properties()).containsEntry("$exception_message", "trying failed")
                .doesNotContainKey("$exception_source");
    }

    @Test
    void capturesLoggedExceptions() {
        worker.complain();

        assertThat(exception().properties()).containsEntry("$exception_message", "complaint")
                .containsEntry("logger_name", Worker.class.getName()).containsEntry("log_message", "It hurts");
    }

    /** The only one of this test, once PostHog has it. */
    private Event exception() {
        List<Event> events = Awaitility.await().atMost(PATIENCE).until(() -> {
            posthog.flush().await().atMost(PATIENCE);
            return posthog.events().list(EventQuery.create().event("$exception").after(begin))
                    .collect().asList().await().atMost(PATIENCE);
        }, captured -> !captured.isEmpty());
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
