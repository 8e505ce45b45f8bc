package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.test.errors.SeenExceptions.Seen;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Exceptions of scheduled methods and of methods that receive messages, where there are such. */
class ExceptionsOfJobsAndMessagesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub
            .applicationWith("quarkus-scheduler", "quarkus-messaging")
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, SeenExceptions.class, Seen.class, Jobs.class,
                    Wanted.class, Messages.class))
            .overrideConfigKey("quarkus.posthog.exceptions.autocapture.enabled", "true")
            .overrideConfigKey("quarkus.posthog.exceptions.log.enabled", "true")
            // Nobody is stopped by an account that can't be used
            .overrideConfigKey("quarkus.posthog.\"broken\".project-api-key", "phc_broken")
            .overrideConfigKey("quarkus.posthog.\"broken\".tls-configuration-name", "missing")
            .overrideConfigKey("quarkus.posthog.\"broken\".exceptions.autocapture.enabled", "true")
            .overrideConfigKey("quarkus.log.console.level", "OFF");

    /** Lets each job run once, when it is wanted. */
    @Singleton
    public static class Wanted implements Scheduled.SkipPredicate {

        final Set<String> jobs = ConcurrentHashMap.newKeySet();

        @Override
        public boolean test(ScheduledExecution execution) {
            return !jobs.remove(execution.getTrigger().getId());
        }
    }

    @ApplicationScoped
    public static class Jobs {

        @Scheduled(identity = "plain", every = "1s", skipExecutionIf = Wanted.class)
        void plain() {
            throw new IllegalStateException("plain");
        }

        @Scheduled(identity = "reactive", every = "1s", skipExecutionIf = Wanted.class)
        Uni<Void> reactive() {
            return Uni.createFrom().failure(() -> new IllegalStateException("reactive"));
        }
    }

    @ApplicationScoped
    public static class Messages {

        @Incoming("payloads")
        void payload(String payload) {
            throw new IllegalStateException(payload);
        }

        @Incoming("unis")
        Uni<Void> uni(String payload) {
            return Uni.createFrom().failure(() -> new IllegalStateException(payload));
        }

        @Incoming("stages")
        CompletionStage<Void> stage(String payload) {
            return CompletableFuture.runAsync(() -> {
                throw new IllegalStateException(payload);
            });
        }

        @Incoming("streams")
        @Outgoing("out")
        Multi<String> stream(Multi<String> payloads) {
            return payloads.onItem().transform(payload -> {
                throw new IllegalStateException(payload);
            });
        }

        @Incoming("out")
        void out(String payload) {
        }

        @Incoming("messages")
        CompletionStage<Void> message(Message<String> message) {
            return message.nack(new IllegalStateException(message.getPayload()));
        }
    }

    @Inject
    SeenExceptions seen;

    @Inject
    Wanted wanted;

    @Inject
    @Channel("payloads")
    Emitter<String> payloads;

    @Inject
    @Channel("unis")
    Emitter<String> unis;

    @Inject
    @Channel("stages")
    Emitter<String> stages;

    @Inject
    @Channel("streams")
    Emitter<String> streams;

    @Inject
    @Channel("messages")
    Emitter<String> messages;

    @BeforeEach
    void nothingSeen() {
        seen.events.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = { "plain", "reactive" })
    @Tag("EEM-6")
    @Tag("EXC-4")
    @Tag("TRH-9")
    void anExceptionOfAScheduledMethodIsOneEvent(String job) {
        wanted.jobs.add(job);

        Seen event = await();
        assertThat(event.message()).isEqualTo(job);
        assertThat(event.source()).isEqualTo("quarkus.scheduler");
        assertThat(event.handled()).isEqualTo(false);
        assertThat(event.property("scheduler_job")).isEqualTo(job);
        assertThat(event.property("scheduler_method")).isEqualTo(Jobs.class.getName() + "#" + job);
        assertThat(event.property("$process_person_profile")).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "payloads", "unis", "stages" })
    @Tag("EEM-6")
    @Tag("EXC-4")
    @Tag("TRH-9")
    void anExceptionOfAMessageConsumerIsOneEventAndRejectsTheMessage(String channel) {
        Emitter<String> emitter = Map.of("payloads", payloads, "unis", unis, "stages", stages).get(channel);

        assertThatThrownBy(() -> emitter.send("order-7").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause().isExactlyInstanceOf(IllegalStateException.class).hasMessage("order-7").hasNoCause();

        Seen event = await();
        assertThat(event.message()).isEqualTo("order-7");
        assertThat(event.source()).isEqualTo("quarkus.messaging");
        assertThat(event.handled()).isEqualTo(false);
        assertThat(event.property("messaging_channel")).isEqualTo(channel);
    }

    @Test
    void anExceptionOfAMessageStreamIsOneEvent() {
        streams.send("order-8");

        assertThat(await().message()).isEqualTo("order-8");
        assertThat(await().property("messaging_channel")).isEqualTo("streams");
    }

    @Test
    void aMessageThatTheApplicationRefusesItselfIsNoFailure() {
        assertThatThrownBy(() -> messages.send("order-9").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause().hasMessage("order-9");

        assertThat(seen.events).isEmpty();
    }

    private Seen await() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !seen.events.isEmpty());
        assertThat(seen.events).hasSize(1);
        return new Seen(seen.events.peek());
    }
}
