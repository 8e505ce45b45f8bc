package io.quarkiverse.posthog.runtime.capture.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Two simulated batchers with a common clock and circuit breaker, and the random operations on them. */
final class BatcherSimulation {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final int HISTORY = 120;

    final Random random;
    final CircuitBreaker circuit = new CircuitBreaker(Duration.ofSeconds(5));
    private final List<SimulatedBatcher> batchers = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private Instant now = START;
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private boolean failing = true;
    private int depth;
    private AssertionError violation;

    BatcherSimulation(long seed) {
        random = new Random(seed);
        batchers.add(new SimulatedBatcher("A", this));
        batchers.add(new SimulatedBatcher("B", this));
    }

    Instant now() {
        return now;
    }

    void note(String what) {
        history.add(Duration.between(START, now).toMillis() + " " + "  ".repeat(depth) + what);
    }

    /** The last operations and effects. */
    String history() {
        return String.join("\n", history.subList(Math.max(0, history.size() - HISTORY), history.size()));
    }

    /** Whether something fails now that does so sometimes. */
    boolean fails(int percent) {
        return failing && random.nextInt(100) < percent;
    }

    /** Lets other threads do something before a call of a batcher goes on. */
    void interleave() {
        if (depth > 0 && depth < 4 && failing && random.nextInt(8) == 0) {
            operation();
        }
    }

    /** Notes a violation. An exception alone could be caught by the batcher. */
    void verify(Runnable assertion) {
        try {
            assertion.run();
        } catch (AssertionError e) {
            violation = violation == null ? e : violation;
            throw e;
        }
    }

    /** Does something after the current operation, when no lock is held. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    void step() {
        operation();
        check();
    }

    private void check() {
        for (Runnable task = afterwards.poll(); task != null; task = afterwards.poll()) {
            task.run();
        }
        batchers.forEach(SimulatedBatcher::check);
        if (violation != null) {
            throw violation;
        }
    }

    private void operation() {
        SimulatedBatcher batcher = batchers.get(random.nextInt(batchers.size()));
        depth++;
        try {
            int choice = random.nextInt(100);
            if (choice < 40) {
                batcher.offer();
            } else if (choice < 65) {
                batcher.tasks().runAny();
            } else if (choice < 80) {
                batcher.respond();
            } else if (choice < 88) {
                batcher.flush();
            } else if (choice < 97) {
                passTime();
            } else if (choice < 98) {
                changeCircuit();
            } else if (random.nextInt(6) == 0) {
                batcher.drain();
            } else if (random.nextInt(6) == 0) {
                batcher.close();
            }
        } finally {
            depth--;
        }
    }

    private void changeCircuit() {
        if (random.nextBoolean()) {
            note("circuit opens");
            for (int i = 0; i < 5; i++) {
                circuit.failed(Duration.between(Instant.EPOCH, now), Duration.ofSeconds(3));
            }
        } else {
            note("circuit closes");
            circuit.succeeded().forEach(Runnable::run);
        }
    }

    private void passTime() {
        advance(now.plusMillis(random.nextInt(3000)));
    }

    private void advance(Instant until) {
        note("until " + until);
        for (SimulatedBatcher next = next(until); next != null; next = next(until)) {
            Instant due = next.tasks().nextTimer();
            now = due.isAfter(now) ? due : now;
            next.tasks().runTimer();
        }
        now = until.isAfter(now) ? until : now;
    }

    private SimulatedBatcher next(Instant until) {
        SimulatedBatcher next = null;
        for (SimulatedBatcher batcher : batchers) {
            Instant due = batcher.tasks().nextTimer();
            if (due != null && !due.isAfter(until) && (next == null || due.isBefore(next.tasks().nextTimer()))) {
                next = batcher;
            }
        }
        return next;
    }

    /** Ends all failures, and checks that all events end without further operations. */
    void recover() {
        note("recovery");
        failing = false;
        depth = 1;
        batchers.forEach(SimulatedBatcher::flush);
        for (int i = 0; i < 200; i++) {
            batchers.forEach(SimulatedBatcher::finishWork);
            check();
            advance(now.plusSeconds(1));
        }
        batchers.forEach(SimulatedBatcher::checkAllEnded);
        batchers.forEach(SimulatedBatcher::close);
        batchers.forEach(SimulatedBatcher::finishWork);
        for (SimulatedBatcher batcher : batchers) {
            assertThat(batcher.tasks().nextTimer()).as("no timer is left after closing").isNull();
        }
        check();
    }
}
