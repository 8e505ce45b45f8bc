package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions.Fsync;

@Timeout(60)
class SpoolConcurrencyTest extends SpoolFixture {

    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger forces = new AtomicInteger();

    /** When there is no permit, a segment takes that long to be forced. */
    private final Semaphore forcing = new Semaphore(Integer.MAX_VALUE / 2);
    private volatile boolean forceFails;

    /** Segments whose forcing can be counted, held up and made fail. */
    private final class SlowDisk extends SpoolFile {

        SlowDisk(Path path) throws IOException {
            super(path);
        }

        @Override
        void force() throws IOException {
            forces.incrementAndGet();
            forcing.acquireUninterruptibly();
            if (forceFails) {
                throw new IOException("disk failed");
            }
            super.force();
        }
    }

    @AfterEach
    void stopThreads() {
        forcing.release(1000);
        threads.shutdownNow();
    }

    @Test
    void everyRecordOfEveryThreadIsThere() throws Exception {
        int records = 5000;
        open(options(100 * LARGE, 20_000));
        Map<Long, String> appended = new ConcurrentHashMap<>();
        CountDownLatch appending = new CountDownLatch(THREADS);
        inAllThreads(thread -> {
            for (int i = 0; i < records; i++) {
                String payload = thread + ":" + i;
                assertThat(appended.put(append(payload), payload)).isNull();
            }
            appending.countDown();
        });
        Map<Long, String> read = new HashMap<>();
        long last = 0;
        while (appending.getCount() > 0 || spool.unread() > 0) {
            for (SpoolRecord record : spool.read(100, 10_000).records()) {
                assertThat(record.sequence()).isEqualTo(last + 1);
                last = record.sequence();
                read.put(last, new String(record.payload(), UTF_8));
            }
            spool.acknowledge(last);
        }
        assertThat(read).hasSize(THREADS * records).isEqualTo(appended);
        assertThat(spool.unacknowledged()).isZero();
    }

    @Test
    void whatIsKeptAndWhatIsReadIsEverything() throws Exception {
        int records = 5000;
        open(options(100 * LARGE, 20_000));
        Map<Long, Boolean> seen = new ConcurrentHashMap<>();
        CountDownLatch appending = new CountDownLatch(THREADS - 1);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < THREADS - 1; thread++) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < records; i++) {
                    if (i % 50 == 0) {
                        await(() -> spool.unread() == 0);
                    }
                    AppendResult appended = spool.append(new byte[100], 0, i % 50 != 25, false);
                    if (appended.read()) {
                        assertThat(seen.put(appended.sequence(), true)).isNull();
                    }
                }
                appending.countDown();
                return null;
            }));
        }
        while (appending.getCount() > 0 || spool.unread() > 0) {
            for (SpoolRecord record : spool.read(10, Long.MAX_VALUE).records()) {
                assertThat(seen.put(record.sequence(), false)).isNull();
            }
        }
        for (Future<?> future : done) {
            future.get();
        }
        assertThat(seen).hasSize((THREADS - 1) * records).containsValue(true).containsValue(false);
    }

    @Test
    void threadsShareAForce() throws Exception {
        openOnSlowDisk(Fsync.ALWAYS, LARGE);
        forcing.drainPermits();
        List<Future<Long>> appends = new ArrayList<>();
        appends.add(threads.submit(() -> append("first")));
        await(() -> forces.get() == 1);
        for (int i = 1; i < THREADS; i++) {
            appends.add(threads.submit(() -> append("another")));
        }
        await(() -> spool.unacknowledged() == THREADS);
        assertThat(appends).noneMatch(Future::isDone);

        forcing.release(1000);
        for (Future<Long> append : appends) {
            append.get();
        }
        assertThat(forces).hasValue(2);
    }

    @Test
    void nobodyElseWaitsForAForce() throws Exception {
        openOnSlowDisk(Fsync.INTERVAL, LARGE);
        append("a");
        forcing.drainPermits();
        Future<?> force = threads.submit(() -> {
            spool.force();
            return null;
        });
        await(() -> forces.get() == 1);
        append("b");
        assertThat(read()).containsExactly("a", "b");
        spool.acknowledge(2);
        assertThat(force).isNotDone();
        forcing.release(1000);
        force.get();
    }

    @Test
    void aSegmentIsForcedEvenIfItIsNotTheLastOne() throws Exception {
        openOnSlowDisk(Fsync.INTERVAL, 100);
        appendAll("x".repeat(80), "x".repeat(80), "x".repeat(80));
        assertThat(segments()).hasSize(3);
        spool.force();
        assertThat(forces).hasValue(3);
        spool.force();
        assertThat(forces).hasValue(3);
        append("a");
        spool.close();
        assertThat(forces).hasValueBetween(4, 5);
    }

    @Test
    void nothingIsForcedIfNotWanted() throws Exception {
        openOnSlowDisk(Fsync.NEVER, 100);
        appendAll("a", "b");
        spool.close();
        assertThat(forces).hasValue(0);
    }

    @Test
    void whoeverWaitsForAForceThatFailsIsTold() throws Exception {
        openOnSlowDisk(Fsync.ALWAYS, LARGE);
        forcing.drainPermits();
        Future<Long> first = threads.submit(() -> append("first"));
        await(() -> forces.get() == 1);
        Future<Long> second = threads.submit(() -> append("second"));
        Future<Long> third = threads.submit(() -> append("third"));
        await(() -> spool.unacknowledged() == 3);
        // One permit, for the first; then the disk fails once, for one that forces for both, and works again
        forcing.release();
        first.get();
        await(() -> forces.get() == 2);
        forceFails = true;
        forcing.release();
        await(() -> second.isDone() && third.isDone());
        forceFails = false;
        forcing.release(1000);
        for (Future<Long> failed : List.of(second, third)) {
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(failed::get)
                    .withCauseInstanceOf(SpoolException.class).withMessageContaining(directory.toString());
        }
        append("fourth");
        assertThat(read()).hasSize(4);
    }

    private void openOnSlowDisk(Fsync fsync, long segmentBytes) throws IOException {
        spool = Spool.open(new SpoolOptions(directory, fsync, LARGE, segmentBytes, null), clock, this, SlowDisk::new);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private void inAllThreads(Work work) {
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.submit(() -> {
                work.run(thread);
                return null;
            });
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
