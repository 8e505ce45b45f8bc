package io.quarkiverse.posthog.benchmarks.cost;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;

/** Sends requests to an application as fast as it responds, over a number of connections. */
final class LoadGenerator implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
    private final AtomicLong failed = new AtomicLong();

    /** @return requests per second */
    double run(int port, String path, int requests) throws InterruptedException {
        AtomicLong remaining = new AtomicLong(requests);
        CountDownLatch done = new CountDownLatch(CONNECTIONS);
        long start = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            vertx.runOnContext(ignored -> sendRequests(port, path, remaining, done));
        }
        done.await();
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " requests failed");
        }
        return requests / ((System.nanoTime() - start) / 1e9);
    }

    /** Requests include a user agent, as the requests of a browser do. */
    private void sendRequests(int port, String path, AtomicLong remaining, CountDownLatch done) {
        if (remaining.getAndDecrement() <= 0) {
            done.countDown();
            return;
        }
        client.request(HttpMethod.GET, port, "localhost", path)
                .map(request -> request.putHeader("X-POSTHOG-DISTINCT-ID", "zoe").putHeader("X-POSTHOG-SESSION-ID", "s"))
                .compose(HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200 ? response.end()
                        : Future.failedFuture("status " + response.statusCode()))
                .onComplete(result -> {
                    if (result.failed()) {
                        failed.incrementAndGet();
                    }
                    sendRequests(port, path, remaining, done);
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
