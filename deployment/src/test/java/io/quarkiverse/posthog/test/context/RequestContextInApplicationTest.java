package io.quarkiverse.posthog.test.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.context.ManagedExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.context.PostHogIdentity;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Each request has a context of its own, wherever its work goes on. */
class RequestContextInApplicationTest {

    private static final int MANY = 4000;
    private static final int AT_A_TIME = 200;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Orders.class, Seen.class, Broken.class))
            .setLogRecordPredicate(record -> record.getMessage().contains("trying the next resolver"))
            .assertLogRecords(records -> assertThat(records).as("logged once").hasSizeLessThan(2));

    /** Sees all events and lets none of them go. */
    @Singleton
    public static class Seen implements BeforeSend {

        final Queue<CaptureEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            events.add(event);
            return null;
        }
    }

    /** Can't be created. */
    @Singleton
    public static class Broken implements PostHogIdentityResolver {

        public Broken() {
            throw new IllegalStateException("no database");
        }

        @Override
        public Optional<PostHogIdentity> resolve() {
            throw new AssertionError("was not created");
        }
    }

    @Path("/orders")
    public static class Orders {

        @Inject
        PostHog postHog;

        @Inject
        PostHogContext context;

        @Inject
        ManagedExecutor executor;

        @GET
        @Path("/reactive/{order}")
        public Uni<String> reactive(@PathParam("order") String order) {
            return pause().invoke(() -> capture(order)).chain(this::pause).map(ignored -> known());
        }

        @GET
        @Path("/blocking/{order}")
        public String blocking(@PathParam("order") String order) throws InterruptedException {
            Thread.sleep(1);
            capture(order);
            return known();
        }

        @GET
        @Path("/worker/{order}")
        public Uni<String> worker(@PathParam("order") String order) {
            return Uni.createFrom().voidItem().emitOn(Infrastructure.getDefaultWorkerPool())
                    .invoke(() -> capture(order)).map(ignored -> known());
        }

        @GET
        @Path("/executor/{order}")
        public Uni<String> executor(@PathParam("order") String order) {
            return Uni.createFrom().completionStage(() -> executor.supplyAsync(() -> {
                capture(order);
                return known();
            }));
        }

        @GET
        @Path("/identified/{order}")
        public Uni<String> identified(@PathParam("order") String order) {
            context.identify("customer-" + order);
            return pause().invoke(() -> capture(order)).map(ignored -> known());
        }

        @GET
        @Path("/asking")
        public Uni<Boolean> asking() {
            return postHog.captureImmediate(CaptureEvent.of("asked"))
                    .chain(() -> postHog.isFeatureEnabled("beta-ui", FlagContext.create(), true));
        }

        private Uni<Void> pause() {
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(2));
        }

        private void capture(String order) {
            postHog.capture(CaptureEvent.of("order").property("order", order));
        }

        private String known() {
            return context.distinctId().orElse("nobody") + "/" + context.sessionId().orElse("none") + "/"
                    + postHog.evaluateFlagsLocally(FlagContext.create()).distinctId().orElse("nobody");
        }
    }

    @TestHTTPResource
    URI url;

    @Inject
    Seen seen;

    @Inject
    PostHog postHog;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void nothingSeen() {
        seen.events.clear();
    }

    @Test
    @Tag("TRH-1")
    @Tag("TRH-7")
    void thousandsOfRequestsAtATimeNeverMixUp() throws Exception {
        List<String> ways = List.of("reactive", "blocking", "worker", "executor", "identified");

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, MANY)
                .mapToObj(i -> call(ways.get(i % ways.size()) + "/" + i, "user-" + i, "session-" + i)).toList();

        for (int i = 0; i < MANY; i++) {
            String person = i % ways.size() == 4 ? "customer-" + i : "user-" + i;
            assertThat(calls.get(i).get().body()).isEqualTo(person + "/session-" + i + "/" + person);
        }
        assertThat(seen.events).hasSize(MANY).allSatisfy(event -> {
            int order = Integer.parseInt((String) event.properties().get("order"));
            String way = ways.get(order % ways.size());
            assertThat(event.distinctId()).isEqualTo((way.equals("identified") ? "customer-" : "user-") + order);
            assertThat(event.properties()).containsEntry("$session_id", "session-" + order)
                    .containsEntry("$request_path", "/orders/" + way + "/" + order);
        });
    }

    @Test
    @Tag("TRH-4")
    @Tag("TRH-5")
    @Tag("TRH-7")
    void aRequestWithoutHeadersInheritsNothingFromTheOneBefore() throws Exception {
        call("reactive/1", "zoe", "session-1").get();
        seen.events.clear();

        assertThat(call("reactive/2", null, null).get().body()).isEqualTo("nobody/none/nobody");

        assertThat(seen.events).singleElement().satisfies(event -> {
            assertThat(event.distinctId()).matches("[0-9a-f-]{36}");
            assertThat(event.properties()).containsEntry("$process_person_profile", false).doesNotContainKey("$session_id");
        });
    }

    @Test
    @Tag("TRH-6")
    void anEventSaysWhichRequestItWasCapturedIn() throws Exception {
        call("reactive/7?token=secret", "zoe", null).get();

        assertThat(seen.events).singleElement().satisfies(event -> assertThat(event.properties())
                .containsAllEntriesOf(Map.of("$current_url", url + "orders/reactive/7", "$request_method", "GET",
                        "$request_path", "/orders/reactive/7"))
                .hasEntrySatisfying("$user_agent", agent -> assertThat(agent.toString()).startsWith("Java-http-client"))
                .doesNotContainKey("$ip"));
    }

    @Test
    @Tag("TRH-10")
    @Tag("FLG-8")
    void aResolverThatCantBeCreatedFailsNothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(call("asking", null, null).get().body()).isEqualTo("true");
        }
        assertThat(seen.events).hasSize(3);
    }

    @Test
    @Tag("TRH-10")
    void nonsenseInTheHeadersFailsNothing() throws Exception {
        assertThat(call("reactive/1", "  ", "\t").get().body()).isEqualTo("nobody/none/nobody");
        assertThat(call("reactive/1", "x".repeat(3000), "s").get().body()).startsWith("x".repeat(1000) + "/s/");
    }

    @Test
    void outsideOfARequestThereIsNoPerson() {
        postHog.capture(CaptureEvent.of("started"));

        assertThat(seen.events).singleElement().satisfies(event -> assertThat(event.properties())
                .containsEntry("$process_person_profile", false).doesNotContainKey("$request_path"));
    }

    private CompletableFuture<HttpResponse<String>> call(String path, String distinctId, String sessionId) {
        room.acquireUninterruptibly();
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("orders/" + path));
        if (distinctId != null) {
            request.header("x-PostHog-distinct-ID", distinctId);
        }
        if (sessionId != null) {
            request.header("X-POSTHOG-SESSION-ID", sessionId);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> room.release());
    }
}
