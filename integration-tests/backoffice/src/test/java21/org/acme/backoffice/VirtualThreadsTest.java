package org.acme.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.virtual.ShouldNotPin;
import io.quarkus.test.junit.virtual.VirtualThreadUnit;

/** Verifies that virtual threads keep the context of their request, and are not pinned while they wait. */
@QuarkusTest
@VirtualThreadUnit
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VirtualThreadsTest {

    private static final int FIRST_REQUESTS = 400;
    private static final int REQUESTS = 2000;
    private static final int AT_A_TIME = 100;

    @TestHTTPResource("orders/")
    URI orders;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Loading a class pins, whatever is in it. */
    @Test
    @Order(1)
    void concurrentRequestsAreIsolated() {
        viewAtATime(FIRST_REQUESTS);
    }

    @Test
    @Order(2)
    @ShouldNotPin
    void noThreadIsPinnedAfterWarmup() {
        viewAtATime(REQUESTS);
    }

    private void viewAtATime(int requests) {
        List<CompletableFuture<String>> views = IntStream.range(0, requests).mapToObj(this::view).toList();

        for (int i = 0; i < requests; i++) {
            assertThat(views.get(i).join()).isEqualTo("virtual user-%d user-%d", i, i);
        }
    }

    private CompletableFuture<String> view(int order) {
        room.acquireUninterruptibly();
        HttpRequest request = HttpRequest.newBuilder(orders.resolve(String.valueOf(order)))
                .header("X-POSTHOG-DISTINCT-ID", "user-" + order).build();
        return client.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> room.release())
                .thenApply(answer -> answer.body());
    }
}
