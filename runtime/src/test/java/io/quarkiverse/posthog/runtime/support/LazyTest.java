package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

class LazyTest {

    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger attempts = new AtomicInteger();

    private <T> Lazy<T> lazy(Supplier<T> factory) {
        return new Lazy<>("default", "the value", () -> {
            attempts.incrementAndGet();
            return factory.get();
        }, time::get);
    }

    @Test
    void createsTheValueOnceOnFirstUse() {
        Lazy<Object> lazy = lazy(Object::new);
        assertThat(lazy.present()).isNull();

        Object value = lazy.get();

        assertThat(lazy.get()).isSameAs(value);
        assertThat(lazy.present()).isSameAs(value);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void createsAValueThatManyThreadsRequestOnce() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        Lazy<Object> lazy = lazy(() -> {
            await(creating);
            return new Object();
        });
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(lazy::get);
            threads[i].start();
        }

        creating.countDown();

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(attempts).hasValue(1);
    }

    @Test
    void remembersAFailureForTenSeconds() {
        Lazy<Object> lazy = lazy(() -> {
            throw new IllegalStateException("attempt " + attempts);
        });
        assertThatThrownBy(lazy::get).hasMessage("attempt 1");
        assertThat(lazy.isUnavailable()).isTrue();

        time.set(Duration.ofSeconds(10).toNanos() - 1);
        assertThatThrownBy(lazy::get).hasMessage("attempt 1");

        time.set(Duration.ofSeconds(10).toNanos());
        assertThat(lazy.isUnavailable()).isFalse();
        assertThatThrownBy(lazy::get).hasMessage("attempt 2");
    }

    @Test
    void rejectsUseDuringInitialization() {
        AtomicReference<Lazy<Object>> itself = new AtomicReference<>();
        Lazy<Object> lazy = lazy(() -> {
            assertThat(itself.get().isUnavailable()).isTrue();
            return itself.get().get();
        });
        itself.set(lazy);

        assertThatThrownBy(lazy::get).isInstanceOf(IllegalStateException.class)
                .hasMessage("PostHog account 'default': the value can't be used during its own initialization");
    }

    @Test
    void createsNothingAfterTheEnd() {
        Lazy<Object> lazy = lazy(Object::new);

        assertThat(lazy.end()).isNull();

        assertThatThrownBy(lazy::get).isInstanceOf(IllegalStateException.class);
        assertThat(attempts).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
