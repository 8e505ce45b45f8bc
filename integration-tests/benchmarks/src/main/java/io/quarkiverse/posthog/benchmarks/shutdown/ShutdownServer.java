package io.quarkiverse.posthog.benchmarks.shutdown;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Handles capture requests as a case specifies, and does not respond to other requests. */
final class ShutdownServer implements AutoCloseable {

    private static final Pattern EVENT = Pattern.compile("\"event\":");

    private final ShutdownCase behavior;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong first = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong delivered = new AtomicLong();

    ShutdownServer(ShutdownCase behavior) throws IOException {
        this.behavior = behavior;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        if (behavior == ShutdownCase.REFUSING) {
            server.stop(0);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    long delivered() {
        return delivered.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = ShutdownCase.NO_RESPONSE;
        if (exchange.getRequestURI().getPath().startsWith("/batch")) {
            requests.incrementAndGet();
            first.compareAndSet(0, System.nanoTime());
            status = behavior.status(Duration.ofNanos(System.nanoTime() - first.get()));
        }
        if (status == ShutdownCase.NO_RESPONSE) {
            awaitClose();
            exchange.close();
            return;
        }
        if (status == 200) {
            delivered.addAndGet(EVENT.matcher(body).results().count());
        } else if (behavior.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", behavior.retryAfter());
        }
        byte[] response = "{\"status\":1}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
