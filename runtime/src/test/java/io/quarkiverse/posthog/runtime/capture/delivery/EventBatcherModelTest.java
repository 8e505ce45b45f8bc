package io.quarkiverse.posthog.runtime.capture.delivery;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations on batchers that share a circuit breaker, compared with a model. While a batcher calls its executor, queue,
 * encoder or callback, further operations take place, as other threads would do them.
 */
class EventBatcherModelTest {

    private static final int SEEDS = 30;
    private static final int OPERATIONS = 300;

    private final Logger log = Logger.getLogger("io.quarkiverse.posthog.capture");

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @BeforeEach
    void doNotLogFailures() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void log() {
        log.setLevel(null);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @Tag("EBT-3")
    @Tag("EBT-5")
    @Tag("RTQ-15")
    @Tag("RTQ-16")
    @Tag("FLU-5")
    void everyEventEndsOnceWhateverHappens(long seed) {
        BatcherSimulation simulation = new BatcherSimulation(seed);
        try {
            for (int i = 0; i < OPERATIONS; i++) {
                simulation.step();
            }
            simulation.recover();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + simulation.history(), e);
        }
    }
}
