package io.quarkiverse.posthog.runtime.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.RestClients;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** An account whose REST clients or object mapper can't be created does not affect the application. */
class PostHogClientTest {

    private final ManualBackground background = new ManualBackground();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile RuntimeException failure = new IllegalStateException("no such proxy");
    private final PostHogClient client = TestClients.client(background, this::restClients, TestAccounts::mapper);

    private RestClients restClients() {
        attempts.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
        return RestClients.none().with(ApiEndpoint.CAPTURE, new Ingestion());
    }

    /** A value that is converted with the application's object mapper. */
    public record Money(int cents) {
    }

    @Test
    @Tag("CAP-9")
    @Tag("RTQ-23")
    void eventsAreKeptUntilTheRestClientsCanBeCreated() {
        assertThat(client.capture(CaptureEvent.of("viewed", "zoe"))).isPresent();
        assertThat(client.captureException(new IllegalStateException("boom"))).isPresent();
        UniAssertSubscriber<?> flush = client.flush().subscribe().withSubscriber(UniAssertSubscriber.create());
        background.run();
        flush.assertCompleted();
        assertThat(client.captureStatus().queued()).isEqualTo(2);
        assertThat(client.captureStatus().lastFailure().orElseThrow().toString())
                .contains("the REST client could not be created", "no such proxy");

        failure = null;
        background.advance(Duration.ofMinutes(2));

        assertThat(client.captureStatus().queued()).isZero();
        assertThat(client.captureStatus().delivered()).isEqualTo(2);
        assertThat(sent).singleElement().asString().contains("viewed", "boom");
    }

    @Test
    @Tag("FLG-3")
    void flagsHaveTheirDefaults() {
        assertThat(now(client.isFeatureEnabled("beta", "zoe", true))).isTrue();
        assertThat(now(client.evaluateFlags("zoe")).errors()).containsExactly(FlagError.CONNECTION_ERROR);
        assertThat(client.evaluateFlagsLocally(FlagContext.of("zoe")).isEnabled("beta", true)).isTrue();
    }

    @Test
    void requestsFailUntilTheRestClientsCanBeCreated() {
        Uni<?> captured = client.captureImmediate(CaptureEvent.of("viewed", "zoe"));
        captured.subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(PostHogConnectionException.class,
                        "PostHog account 'default', captureImmediate: the REST client "
                                + "could not be created (java.lang.IllegalStateException: no such proxy)");

        failure = null;
        background.advance(Duration.ofSeconds(10));

        captured.subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted();
    }

    @Test
    void theRestClientsAreNotCreatedAgainForTenSeconds() {
        for (int i = 0; i < 10; i++) {
            client.dashboards().get(1).subscribe().withSubscriber(UniAssertSubscriber.create())
                    .assertFailedWith(PostHogConnectionException.class, "no such proxy");
        }
        assertThat(attempts).hasValue(1);

        background.advance(Duration.ofSeconds(10));
        client.dashboards().get(1).subscribe().withSubscriber(UniAssertSubscriber.create()).assertFailed();

        assertThat(attempts).hasValue(2);
    }

    @Test
    void theRestClientsAreNotCreatedBeforeTheFirstRequest() {
        assertThat(client.captureStatus().queued()).isZero();
        assertThat(client.isOptedOut()).isFalse();
        assertThat(client.flagDefinitionsStatus().enabled()).isFalse();
        assertThat(client.capture(CaptureEvent.of("viewed", "zoe"))).isPresent();

        assertThat(attempts).hasValue(0);
    }

    /** As an ObjectMapperCustomizer may do, which is called when a value is converted for the first time. */
    @Test
    void theAccountCanBeUsedWhileItsObjectMapperIsCreated() {
        AtomicReference<PostHogClient> itself = new AtomicReference<>();
        PostHogClient nested = TestClients.client(background, this::restClients, () -> {
            assertThat(itself.get().capture(CaptureEvent.of("customized", "zoe").property("plan", "pro"))).isPresent();
            assertThat(itself.get().capture(CaptureEvent.of("converted", "zoe").property("price", new Money(1)))).isEmpty();
            return new ObjectMapper();
        });
        itself.set(nested);

        assertThat(nested.capture(CaptureEvent.of("viewed", "zoe").property("price", new Money(2)))).isPresent();

        assertThat(nested.captureStatus().queued()).isEqualTo(2);
        assertThat(nested.captureStatus().dropped()).isEqualTo(Map.of(DropReason.ENCODING_FAILED, 1L));
    }

    @Test
    void anObjectMapperThatCannotBeCreatedOnlyAffectsEventsThatNeedIt() {
        PostHogClient unmapped = TestClients.client(background, this::restClients, () -> {
            throw new IllegalStateException("no mapper");
        });

        assertThat(unmapped.capture(CaptureEvent.of("viewed", "zoe").property("tags", List.of("a")))).isPresent();
        assertThat(unmapped.capture(CaptureEvent.of("viewed", "zoe").property("price", new Money(1)))).isEmpty();

        assertThat(unmapped.captureStatus().dropped(DropReason.ENCODING_FAILED)).isEqualTo(1);
    }

    @Test
    @Tag("SHD-14")
    void aClosedAccountCreatesNothing() {
        client.close();
        client.close();

        assertThat(client.capture(CaptureEvent.of("late", "zoe"))).isEmpty();
        assertThat(client.captureStatus().dropped(DropReason.CLOSED)).isEqualTo(1);
        assertThat(now(client.evaluateFlags("zoe")).isEnabled("beta", true)).isTrue();
        client.dashboards().get(1).subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(PostHogConnectionException.class, "the account was closed");
        assertThat(client.captureStatus().dropped(DropReason.CLOSED)).isEqualTo(1);
        assertThat(attempts).hasValue(0);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted().getItem();
    }

    /** Accepts all events. */
    private final class Ingestion implements IngestionApi {

        @Override
        public Uni<Response> batch(String encoding, RequestBody body) {
            sent.add(new String(body.bytes()));
            return Uni.createFrom().item(() -> Response.ok("{\"status\": 1}".getBytes()).build());
        }

        @Override
        public Uni<Response> aiBatch(String encoding, RequestBody body) {
            return batch(encoding, body);
        }

        @Override
        public Uni<Response> analyticsEvents(String authorization, String library, int attempt, String requestId,
                String timestamp, String encoding, RequestBody body) {
            return batch(encoding, body);
        }
    }
}
