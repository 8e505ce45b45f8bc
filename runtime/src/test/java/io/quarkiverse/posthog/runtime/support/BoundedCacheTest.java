package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedCacheTest {

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 100, 1000 })
    void removesTheOldestEntryThatWasNotUsed(int size) {
        BoundedCache<String, Integer> cache = new BoundedCache<>(size);
        for (int i = 0; i < size; i++) {
            assertThat(cache.putIfAbsent("" + i, i)).isNull();
        }
        assertThat(cache.get("0")).isZero();

        cache.put("new", -1);

        assertThat(cache.get("0")).isEqualTo(size == 1 ? null : 0);
        assertThat(cache.get("1")).isNull();
        assertThat(IntStream.range(2, size)).allMatch(i -> i.equals(cache.get("" + i)));
        assertThat(cache.get("new")).isEqualTo(-1);
    }

    @Test
    void anEntryThatIsAddedAgainIsUsed() {
        BoundedCache<String, Integer> cache = new BoundedCache<>(2);
        cache.put("a", 1);
        cache.put("b", 2);

        assertThat(cache.putIfAbsent("a", 3)).isEqualTo(1);
        cache.put("c", 4);

        assertThat(cache.get("a")).isEqualTo(1);
        assertThat(cache.get("b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = { 512, 10_000, 50_000 })
    void aLargeCacheKeepsRecentlyAddedAndUsedEntriesWithinItsSize(int size) {
        BoundedCache<String, Integer> cache = new BoundedCache<>(size);
        for (int i = 0; i < size * 3; i++) {
            cache.put("user-" + i, i);
            assertThat(cache.get("user-0")).isZero();
        }

        assertThat(kept(cache, 0, size * 3)).isEqualTo(size);
        assertThat(kept(cache, size * 2 + 1, size * 3)).isEqualTo(size - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 50, 50_000 })
    void removesAnEntryEvenIfAllWereUsed(int size) {
        BoundedCache<String, Integer> cache = new BoundedCache<>(size);
        IntStream.range(0, size).forEach(i -> cache.put("user-" + i, i));
        assertThat(kept(cache, 0, size)).isEqualTo(size);

        cache.put("user-" + size, size);

        assertThat(kept(cache, 0, size)).isEqualTo(size - 1);
        assertThat(kept(cache, size, size + 1)).isEqualTo(1);
    }

    @Test
    void aReplacedEntryIsUsed() {
        BoundedCache<String, Integer> cache = new BoundedCache<>(2);
        cache.put("a", 1);
        cache.put("b", 2);

        cache.put("a", 3);
        cache.put("c", 4);

        assertThat(cache.get("a")).isEqualTo(3);
        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("c")).isEqualTo(4);
    }

    @Test
    void isEmptyAfterClearing() {
        BoundedCache<Integer, Integer> cache = new BoundedCache<>(50_000);
        IntStream.range(0, 1000).forEach(i -> cache.put(i, i));

        cache.clear();

        assertThat(IntStream.range(0, 1000)).allMatch(i -> cache.get(i) == null);
    }

    @Test
    void oneOfManyThreadsAddsAnEntry() throws Exception {
        BoundedCache<Integer, Boolean> cache = new BoundedCache<>(50_000);
        AtomicInteger added = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<? extends Future<?>> all = IntStream.range(0, 8).mapToObj(thread -> threads.submit(() -> {
                for (int i = 0; i < 10_000; i++) {
                    added.addAndGet(cache.putIfAbsent(i, true) == null ? 1 : 0);
                }
            })).toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(added).hasValue(10_000);
    }

    private static long kept(BoundedCache<String, Integer> cache, int from, int to) {
        return IntStream.range(from, to).filter(i -> cache.get("user-" + i) != null).count();
    }
}
