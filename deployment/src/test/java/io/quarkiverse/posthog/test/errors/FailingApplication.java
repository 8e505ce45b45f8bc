package io.quarkiverse.posthog.test.errors;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** What fails in all kinds of ways. */
@Path("/fail")
public class FailingApplication {

    private static final Logger LOG = Logger.getLogger("org.acme.Failing");

    /** One that captures exceptions, or not. */
    static QuarkusUnitTest application() {
        return PostHogStub.application()
                .withApplicationRoot(root -> root.addClasses(PostHogStub.class, FailingApplication.class, Routes.class,
                        Mapped.class, SeenExceptions.class, SeenExceptions.Seen.class, ResponsesTest.class))
                // What fails is logged, which nobody has to read
                .overrideConfigKey("quarkus.log.console.level", "OFF");
    }

    /** A mapper makes an answer of it. */
    public static class Mapped extends RuntimeException {

        final int status;

        Mapped(int status) {
            super("mapped " + status);
            this.status = status;
        }
    }

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    @Inject
    SeenExceptions seen;

    @Inject
    ExecutorService executor;

    @Inject
    Vertx vertx;

    @ServerExceptionMapper
    public Response map(Mapped mapped) {
        if (mapped.status == 0) {
            throw new IllegalArgumentException("mapper failed");
        }
        if (mapped.status == 422) {
            LOG.error("logged by the mapper", mapped);
        }
        return Response.status(mapped.status).header("X-Mapped", "yes").entity("mapped").build();
    }

    @GET
    @Path("/blocking")
    @Blocking
    public String blocking() {
        throw new IllegalStateException("blocking");
    }

    @GET
    @Path("/reactive")
    public Uni<String> reactive() {
        context.identify("max");
        return Uni.createFrom().<String> failure(() -> new IllegalStateException("reactive"))
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    @GET
    @Path("/stage")
    public CompletionStage<String> stage() {
        return CompletableFuture.failedStage(new IOException("stage"));
    }

    @GET
    @Path("/mapped/500")
    public String mapped500() {
        throw new Mapped(500);
    }

    @GET
    @Path("/mapped/409")
    public String mapped409() {
        throw new Mapped(409);
    }

    @GET
    @Path("/mapped/422")
    public String mapped422() {
        throw new Mapped(422);
    }

    @GET
    @Path("/mapped/badly")
    public String mappedBadly() {
        throw new Mapped(0);
    }

    @GET
    @Path("/missing")
    public String missing() {
        throw new NotFoundException("missing");
    }

    @GET
    @Path("/unavailable")
    public String unavailable() {
        throw new ServiceUnavailableException("unavailable");
    }

    @GET
    @Path("/captured")
    public String captured() {
        IllegalStateException thrown = new IllegalStateException("captured");
        posthog.captureException(thrown, "zoe");
        throw thrown;
    }

    @GET
    @Path("/stream")
    public Multi<String> stream() {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item("begin"),
                Multi.createFrom().failure(new IllegalStateException("stream")));
    }

    @GET
    @Path("/abandoned")
    @Blocking
    public String abandoned(HttpServerRequest request) throws Exception {
        untilClosed(request);
        throw new IllegalStateException("abandoned");
    }

    @GET
    @Path("/disconnected")
    @Blocking
    public String disconnected(HttpServerRequest request) throws Exception {
        untilClosed(request);
        throw new IOException("Connection was closed");
    }

    /** Until nobody waits for the answer any longer. */
    private void untilClosed(HttpServerRequest request) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        request.connection().closeHandler(ignored -> closed.countDown());
        seen.waiting.release();
        closed.await(10, TimeUnit.SECONDS);
    }

    @GET
    @Path("/logged")
    public String logged() {
        LOG.error("logged", new IllegalStateException("logged"));
        return "logged";
    }

    @GET
    @Path("/later/logged")
    public String loggedLater() {
        LOG.error("logged", new IllegalStateException("logged later"));
        return "later";
    }

    @GET
    @Path("/later/thread")
    public String thread() {
        new Thread(() -> {
            throw new IllegalStateException("thread");
        }).start();
        return "later";
    }

    @GET
    @Path("/later/executor")
    public String executor() {
        executor.execute(() -> {
            throw new IllegalStateException("executor");
        });
        return "later";
    }

    @GET
    @Path("/later/vertx")
    public String vertx() {
        vertx.runOnContext(ignored -> {
            throw new IllegalStateException("vertx");
        });
        return "later";
    }

    @GET
    @Path("/later/mutiny")
    public String mutiny() {
        Infrastructure.handleDroppedException(new IllegalStateException("mutiny"));
        return "later";
    }

    /** Routes of Vert.x, without REST. */
    public static class Routes {

        void register(@Observes Router router) {
            router.get("/route/fails").handler(routing -> {
                throw new IllegalStateException("route");
            });
            router.get("/route/recovers").handler(routing -> routing.fail(502, new IllegalStateException("recovered")))
                    .failureHandler(routing -> routing.response().setStatusCode(502).end("recovered"));
            router.get("/route/refuses").handler(routing -> routing.fail(403, new IllegalStateException("refused")));
            router.get("/route/without").handler(routing -> routing.fail(503));
        }
    }
}
