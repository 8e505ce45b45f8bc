package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class ThrowableDeduplicatorTest {

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final ThrowableDeduplicator<String> recent = new ThrowableDeduplicator<>(time::get);

    @Test
    void remembersTheFirstValue() {
        Exception thrown = new Exception("boom");

        assertThat(recent.find(thrown)).isNull();
        assertThat(recent.findOrAdd(thrown, "first")).isNull();
        assertThat(recent.findOrAdd(thrown, "second")).isEqualTo("first");
        assertThat(recent.find(thrown)).isEqualTo("first");
        assertThat(recent.find(new Exception("boom"))).isNull();
    }

    @Test
    void knowsWhatIsAroundAndInside() {
        Exception inside = new Exception("inside");
        Exception thrown = new Exception("thrown", inside);
        recent.findOrAdd(thrown, "seen");

        assertThat(recent.find(new Exception(new RuntimeException("around", thrown)))).isEqualTo("seen");
        assertThat(recent.find(inside)).isEqualTo("seen");
    }

    @Test
    void forgetsWhatIsRemoved() {
        Exception thrown = new Exception("thrown", new Exception("inside"));
        recent.findOrAdd(thrown, "seen");

        recent.remove(thrown);

        assertThat(recent.find(thrown)).isNull();
        assertThat(recent.find(thrown.getCause())).isNull();
    }

    @Test
    void forgetsAfterAMomentAlsoWhenTheClockOverflows() {
        Exception thrown = new Exception("boom");
        recent.findOrAdd(thrown, "seen");

        time.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(recent.find(thrown)).isEqualTo("seen");
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(recent.find(thrown)).isNull();
    }

    @Test
    void forgetsTheOldestOfVeryMany() {
        List<Exception> thrown = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            thrown.add(new Exception("" + i));
            recent.findOrAdd(thrown.get(i), "" + i);
        }

        assertThat(recent.find(thrown.get(0))).isNull();
        assertThat(recent.find(thrown.get(4999))).isEqualTo("4999");
        assertThat(recent.find(thrown.get(2000))).isEqualTo("2000");
    }

    @Test
    void keepsNothing() {
        WeakReference<Exception> thrown = new WeakReference<>(new Exception("boom"));
        recent.findOrAdd(thrown.get(), "seen");

        for (int i = 0; i < 10 && thrown.get() != null; i++) {
            System.gc();
        }
        assertThat(thrown.get()).isNull();
    }
}
