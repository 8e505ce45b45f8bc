package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import org.awaitility.Awaitility;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A client gives up before the endpoint fails. */
class DisconnectedClientTest {

    private static final int PATIENCE = 200;
    private static final int WORK = 600;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Slow.class, SlowRoutes.class, Captured.class,
                    Mapped.class))
            .overrideConfigKey("quarkus.posthog.exceptions.autocapture.enabled", "true")
            .overrideConfigKey("quarkus.posthog.exceptions.rate-limit.per-exception", "0")
            .overrideConfigKey("quarkus.log.console.level", "OFF");

    @TestHTTPResource
    URI url;

    @Inject
    Captured captured;

    @BeforeEach
    void nothingCaptured() {
        captured.events.clear();
        captured.failed.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /slow/blocking       | late | quarkus.rest_exception_mapper
            /slow/uncancellable  | late | quarkus.rest_exception_mapper
            /slow/stage          | late | quarkus.rest_exception_mapper
            /slow/mapped         | late | quarkus.rest_exception_mapper
            /slow/missing        | late | quarkus.rest_exception_mapper
            /slow-route/timer    | late | quarkus.vertx_failure_handler
            /slow-route/blocking | late | quarkus.vertx_failure_handler
            /slow-route/recovers | late | quarkus.vertx_failure_handler
            """)
    @Tag("EXC-11")
    void anExceptionWithoutAResponseIsCapturedWithoutAStatus(String path, String message, String source) {
        disconnectFrom(path);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !captured.events.isEmpty());
        assertThat(captured.events).singleElement().satisfies(event -> assertThat(event.properties())
                .containsEntry("$exception_message", message).containsEntry("$exception_source", source)
                .containsEntry("$request_path", path).doesNotContainKey("$response_status_code"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "closed channel", "closed connection", "wrapped", "twice wrapped", "message", "reset", "pipe",
            "vertx", "canceled" })
    @Tag("EXC-11")
    void theDisconnectionItselfIsNotCaptured(String disconnection) {
        disconnectFrom("/slow/disconnection/" + disconnection.replace(' ', '-'));

        assertThat(captureAnother()).isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(strings = { "disk", "payment" })
    @Tag("EXC-11")
    void anotherFailureOfInputOrOutputIsCaptured(String failure) {
        disconnectFrom("/slow/disconnection/" + failure);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !captured.events.isEmpty());
        assertThat(captured.events).singleElement().satisfies(
                event -> assertThat(event.properties().get("$exception_message").toString()).startsWith(failure));
    }

    /** Its Uni is canceled, so that nothing fails any more. */
    @Test
    void aCanceledUniIsNoException() {
        giveUp("/slow/cancelable");

        assertThat(captureAnother()).isEqualTo("late");
    }

    /** What is captured of a failure after all others. */
    private String captureAnother() {
        disconnectFrom("/slow/blocking");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !captured.events.isEmpty());
        assertThat(captured.events).hasSize(1);
        return captured.events.peek().properties().get("$exception_message").toString();
    }

    private void disconnectFrom(String path) {
        int before = captured.failed.size();
        giveUp(path);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> captured.failed.size() > before);
    }

    private void giveUp(String path) {
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // The first request after the start takes longer
            assertThat(captured.working.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(PATIENCE);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sees all events and lets none of them go. */
    @Singleton
    public static class Captured implements BeforeSend {

        final Queue<CaptureEvent> events = new ConcurrentLinkedQueue<>();
        /** Endpoints that have begun to work. */
        final Semaphore working = new Semaphore(0);
        /** Endpoints that are about to fail. */
        final Queue<String> failed = new ConcurrentLinkedQueue<>();

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            events.add(event);
            return null;
        }

        void work() throws InterruptedException {
            working.release();
            Thread.sleep(WORK);
        }

        <E extends Throwable> E failing(E failure) {
            failed.add(failure.toString());
            return failure;
        }
    }

    /** A mapper turns it into a response. */
    public static class Mapped extends RuntimeException {

        Mapped() {
            super("late");
        }
    }

    @Path("/slow")
    public static class Slow {

        @Inject
        Captured captured;

        @ServerExceptionMapper
        public Response map(Mapped mapped) {
            return Response.status(409).build();
        }

        @GET
        @Path("/blocking")
        @Blocking
        public String blocking() throws InterruptedException {
            captured.work();
            throw captured.failing(new IllegalStateException("late"));
        }

        @GET
        @Path("/mapped")
        @Blocking
        public String mapped() throws InterruptedException {
            captured.work();
            throw captured.failing(new Mapped());
        }

        @GET
        @Path("/missing")
        @Blocking
        public String missing() throws InterruptedException {
            captured.work();
            throw captured.failing(new NotFoundException("late"));
        }

        @GET
        @Path("/uncancellable")
        @Cancellable(false)
        public Uni<String> uncancellable() {
            return later();
        }

        @GET
        @Path("/cancelable")
        public Uni<String> cancelable() {
            return later();
        }

        @GET
        @Path("/stage")
        @Cancellable(false)
        public CompletionStage<String> stage() {
            captured.working.release();
            return CompletableFuture.supplyAsync(() -> {
                throw captured.failing(new IllegalStateException("late"));
            }, CompletableFuture.delayedExecutor(WORK, TimeUnit.MILLISECONDS)).thenApply(String::valueOf)
                    .exceptionallyCompose(e -> CompletableFuture.failedStage(e.getCause()));
        }

        private Uni<String> later() {
            captured.working.release();
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(WORK))
                    .onItem().transform(ignored -> {
                        throw captured.failing(new IllegalStateException("late"));
                    });
        }

        @GET
        @Path("/disconnection/{kind}")
        @Blocking
        public String disconnection(@PathParam("kind") String kind) throws Exception {
            captured.work();
            throw captured.failing(switch (kind) {
                case "closed-channel" -> new ClosedChannelException();
                case "closed-connection" -> new HttpClosedException("Connection was closed");
                case "wrapped" -> new UncheckedIOException(new ClosedChannelException());
                case "twice-wrapped" -> new CompletionException(new RuntimeException(new ClosedChannelException()));
                case "message" -> new IOException("Connection was closed");
                case "reset" -> new IOException("Connection reset by peer");
                case "pipe" -> new IOException("Broken pipe");
                case "vertx" -> new VertxException("Connection was closed");
                case "canceled" -> new CancellationException();
                case "disk" -> new IOException("disk full");
                default -> new IllegalStateException("payment failed", new ClosedChannelException());
            });
        }
    }

    /** Routes of Vert.x, without REST. */
    public static class SlowRoutes {

        @Inject
        Captured captured;

        void register(@Observes Router router) {
            router.get("/slow-route/timer").handler(this::timer);
            router.get("/slow-route/blocking").blockingHandler(routing -> {
                try {
                    captured.work();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw captured.failing(new IllegalStateException("late"));
            });
            router.get("/slow-route/recovers").handler(this::timer)
                    .failureHandler(routing -> routing.response().setStatusCode(200).end("recovered"));
        }

        private void timer(RoutingContext routing) {
            captured.working.release();
            routing.vertx().setTimer(WORK, id -> routing.fail(captured.failing(new IllegalStateException("late"))));
        }
    }
}
