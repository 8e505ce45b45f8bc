package org.acme.shop;

import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Waits for results, which only tests do. */
final class Await {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private Await() {
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LONG_ENOUGH);
    }

    static <T> List<T> await(Multi<T> multi) {
        return await(multi.collect().asList());
    }
}
