package io.quarkiverse.posthog.test.capture;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

/** From the start of an application to its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CaptureLifecycleTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .overrideConfigKey("quarkus.posthog.host", PostHogStub.url() + "/lifecycle")
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "1h");

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    Vertx vertx;

    /** Before any other method. */
    @Test
    @Order(1)
    @Tag("IDLE-1")
    @Tag("WIRE-7")
    void anApplicationThatDoesNotCaptureSendsNothingAndHasNoThreadMore() {
        WireMock stub = new WireMock("localhost", URI.create(PostHogStub.url()).getPort());

        assertThat(postHog.flush().await().atMost(Duration.ofSeconds(10)).requests()).isZero();
        assertThat(postHog.captureStatus().queued()).isZero();

        assertThat(stub.find(anyRequestedFor(urlMatching("/lifecycle.*")))).isEmpty();
        assertThat(threads()).noneMatch(thread -> thread.toLowerCase(Locale.ROOT).contains("posthog"));
    }

    @Test
    @Order(2)
    @Tag("IDLE-2")
    void capturingUsesTheThreadsThatTheApplicationHasAnyway() {
        new CaptureRequests().answering();
        Set<String> own = new HashSet<>();

        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        postHog.flush().invoke(() -> own.add(Thread.currentThread().getName())).await().atMost(Duration.ofSeconds(10));

        assertThat(own).singleElement().asString().matches("(vert\\.x|executor-thread).*");
        assertThat(threads()).noneMatch(thread -> thread.toLowerCase(Locale.ROOT).contains("posthog"));
    }

    @Test
    @Order(2)
    @Tag("CAP-9")
    void capturingOnAnEventLoopBlocksNothing() throws Exception {
        CaptureRequests requests = new CaptureRequests().answering();
        CompletableFuture<Integer> accepted = new CompletableFuture<>();

        vertx.getOrCreateContext().runOnContext(ignored -> {
            int count = 0;
            for (int i = 0; i < 500; i++) {
                count += postHog.capture(CaptureEvent.of("viewed", "user-" + i)).isPresent() ? 1 : 0;
            }
            accepted.complete(count);
        });

        assertThat(accepted.get(10, TimeUnit.SECONDS)).isEqualTo(500);
        postHog.flush().await().atMost(Duration.ofSeconds(10));
        assertThat(requests.events()).extracting(event -> event.path("distinct_id").asText()).hasSize(500)
                .startsWith("user-0", "user-1").endsWith("user-499");
    }

    @Test
    @Order(2)
    @Tag("STR-1")
    @Tag("STR-6")
    void anImportIsMarkedAsSuchAndKeepsItsTimes() {
        CaptureRequests requests = new CaptureRequests().answering();

        assertThat(postHog.captureHistorical(Multi.createFrom().range(0, 250).map(i -> CaptureEvent.of("viewed", "zoey")
                .timestamp(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(i))))
                .await().atMost(Duration.ofSeconds(20)).isComplete()).isTrue();

        assertThat(requests.all()).allSatisfy(
                request -> assertThat(CaptureRequests.body(request).path("historical_migration").asBoolean()).isTrue());
        assertThat(requests.events()).hasSize(250).first().extracting(event -> event.path("timestamp").asText())
                .isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    @Order(2)
    @Tag("IDN-1")
    @Tag("ALI-3")
    @Tag("GRP-5")
    @Tag("SPP-1")
    @Tag("SPP-2")
    @Tag("OPT-1")
    void theShortcutsOfAnAccount() {
        CaptureRequests requests = new CaptureRequests().answering();

        assertThat(postHog.identify("zoey", Map.of("plan", "pro"))).isPresent();
        assertThat(postHog.identify("zoey", Map.of("plan", "pro"), Map.of("source", "ad"))).isPresent();
        assertThat(postHog.alias("anon", "zoey")).isPresent();
        assertThat(postHog.groupIdentify("company", "acme", Map.of("plan", "pro"))).isPresent();
        assertThat(postHog.groupIdentify("company", "acme", Map.of(), "zoey")).isPresent();
        assertThat(postHog.setPersonProperties("zoey", Map.of("plan", "pro"))).isPresent();
        assertThat(postHog.setPersonPropertiesOnce("zoey", Map.of("source", "ad"))).isPresent();
        assertThat(postHog.setPersonProperties("zoey", Map.of())).isEmpty();
        assertThat(postHog.setPersonPropertiesOnce("zoey", null)).isEmpty();
        postHog.optOut();
        assertThat(postHog.identify("zoey", Map.of("plan", "free"))).isEmpty();
        postHog.optIn();
        postHog.flush().await().atMost(Duration.ofSeconds(10));

        List<JsonNode> events = requests.events();
        assertThat(events).extracting(event -> event.path("event").asText()).containsExactly("$identify", "$identify",
                "$create_alias", "$groupidentify", "$groupidentify", "$set", "$set");
        assertThat(events).extracting(event -> event.path("distinct_id").asText()).containsExactly("zoey", "zoey", "anon",
                "$company_acme", "zoey", "zoey", "zoey");
        assertThat(events.get(1).at("/properties/$set_once/source").asText()).isEqualTo("ad");
        assertThat(events.get(5).at("/properties/$set/plan").asText()).isEqualTo("pro");
        assertThat(events.get(6).at("/properties/$set_once/source").asText()).isEqualTo("ad");
    }

    @Test
    @Order(2)
    @Tag("SHD-6")
    @Tag("SHD-7")
    void closingAnAccountDeliversWhatWaits() {
        CaptureRequests requests = new CaptureRequests().answering(CaptureRequests.status(503));
        PostHog opened = open("10s");
        opened.capture(CaptureEvent.of("save", "zoey"));

        accounts.close("opened");

        assertThat(requests.all()).as("the first one failed").hasSize(2);
        assertThat(opened.captureStatus().delivered()).isEqualTo(1);
        assertThat(opened.capture(CaptureEvent.of("late", "zoey"))).isEmpty();
        assertThat(accounts.close("opened")).isFalse();
    }

    @Test
    @Order(2)
    @Tag("SHD-8")
    @Tag("SHD-10")
    void aPostHogThatDoesNotAnswerHoldsTheEndUpForSoLongOnly() {
        new CaptureRequests().answering(CaptureRequests.success().withFixedDelay(8000));
        PostHog opened = open("300ms");
        opened.capture(CaptureEvent.of("lost", "zoey"));
        long start = System.nanoTime();

        accounts.close("opened");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(opened.captureStatus().dropped(DropReason.CLOSED)).isEqualTo(1);
        assertThat(opened.captureStatus().queued()).isZero();
    }

    /** After all others. */
    @Test
    @Order(3)
    @Tag("SHD-6")
    void theEndOfTheApplicationDeliversWhatWaits() {
        CaptureRequests requests = new CaptureRequests().answering();
        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        postHog.captureAi(CaptureEvent.of("$ai_generation", "zoey"));

        Arc.container().instance(AccountRegistry.class).destroy();

        assertThat(requests.events()).extracting(event -> event.path("event").asText())
                .containsExactlyInAnyOrder("viewed", "$ai_generation");
        assertThat(postHog.capture(CaptureEvent.of("late", "zoey"))).isEmpty();
    }

    private PostHog open(String shutdownTimeout) {
        return accounts.open("opened", AccountSettings.create().host(URI.create(PostHogStub.url()))
                .projectApiKey("phc_opened").set("capture.shutdown-timeout", shutdownTimeout)
                .set("capture.retry.initial-delay", "20ms").set("capture.flush-interval", "1h"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
