package io.quarkiverse.posthog.emulator;

import java.io.Closeable;
import java.net.BindException;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.emulator.seed.DemoShop;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/** A running emulator, reachable on the loopback interface only. */
public final class PostHogEmulator implements Closeable {

    private static final Logger LOG = Logger.getLogger(PostHogEmulator.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PERMISSION_DENIED = "Permission denied";
    private static final int TIMEOUT_SECONDS = 15;
    private static final int MAX_LINE = 128 * 1024;

    private final Vertx vertx;
    private final int port;
    private final EmulatorOptions options;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostHogEmulator(Vertx vertx, int port, EmulatorOptions options) {
        this.vertx = vertx;
        this.port = port;
        this.options = options;
    }

    /**
     * Starts an emulator, and returns when it listens.
     *
     * @throws IllegalStateException if it cannot listen on the port
     * @throws IllegalArgumentException if an allowed host is not a host name
     */
    public static PostHogEmulator start(EmulatorOptions options) {
        Project project = new Project(options.projectId(), options.projectApiKey(), Clock.systemUTC(),
                options.maxDataBytes());
        if (options.seed()) {
            DemoShop.seed(project);
        }
        Vertx vertx = Vertx.vertx(vertxOptions());
        try {
            Router router = new EmulatorRouter(project, options).create(vertx);
            HttpServer server = await(vertx.createHttpServer(serverOptions(options.port())).requestHandler(router).listen());
            return new PostHogEmulator(vertx, server.actualPort(), options);
        } catch (IllegalArgumentException e) {
            shutDown(vertx);
            throw e;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            shutDown(vertx);
            throw failure(options.port(), e instanceof ExecutionException ? e.getCause() : e);
        }
    }

    /** One event loop: all state is confined to it, so that nothing needs a lock. */
    private static VertxOptions vertxOptions() {
        return new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // A query over many events may take long
                .setMaxEventLoopExecuteTime(1).setMaxEventLoopExecuteTimeUnit(TimeUnit.MINUTES)
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private static HttpServerOptions serverOptions(int port) {
        return new HttpServerOptions().setHost(LOOPBACK).setPort(port).setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_LINE).setHttp2ClearTextEnabled(false)
                // Clients send events as forms, or as JSON that curl calls a form: only the size of the body is limited
                .setMaxFormAttributeSize(-1).setMaxFormFields(-1).setMaxFormBufferedBytes(-1);
    }

    private static IllegalStateException failure(int port, Throwable cause) {
        boolean inUse = cause instanceof BindException && !String.valueOf(cause.getMessage()).startsWith(PERMISSION_DENIED);
        return new IllegalStateException(inUse
                ? "The PostHog emulator cannot listen on port " + port + " because it is in use."
                        + " Stop the process that uses it, or configure another port (0 selects a free port)."
                : "The PostHog emulator could not be started on port " + port + ": " + cause.getMessage(), cause);
    }

    public String baseUrl() {
        return "http://localhost:" + port;
    }

    public int port() {
        return port;
    }

    public String projectApiKey() {
        return options.projectApiKey();
    }

    public String personalApiKey() {
        return options.personalApiKey();
    }

    public String secureKey() {
        return options.secureKey();
    }

    public long projectId() {
        return options.projectId();
    }

    /** Stops listening and ends all threads; further calls have no effect. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shutDown(vertx);
        }
    }

    private static void shutDown(Vertx vertx) {
        try {
            await(vertx.close());
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            LOG.debug("The PostHog emulator did not stop cleanly", e);
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("Interrupted while waiting for the PostHog emulator", e);
        }
    }
}
