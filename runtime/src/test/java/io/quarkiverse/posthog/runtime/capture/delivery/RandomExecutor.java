package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.smallrye.mutiny.Uni;

/** Runs tasks in random order, and timers when the simulated time has come. */
final class RandomExecutor implements AccountExecutor {

    private final BatcherSimulation simulation;
    private final SimulatedBatcher batcher;
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private int pauses;
    private boolean rejected;

    RandomExecutor(BatcherSimulation simulation, SimulatedBatcher batcher) {
        this.simulation = simulation;
        this.batcher = batcher;
    }

    @Override
    public void work(Runnable task) {
        batcher.entered("work");
        if (simulation.fails(3)) {
            throw new RejectedExecutionException("all workers are busy");
        }
        tasks.add(task);
        simulation.interleave();
    }

    @Override
    public void send(Runnable task) {
        batcher.entered("send");
        if (simulation.fails(2)) {
            throw new RejectedExecutionException("the event loop is closed");
        }
        tasks.add(task);
        simulation.interleave();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        batcher.entered("timer in " + delay.toMillis() + " ms");
        Timer timer = new Timer(simulation.now().plus(delay), task, delay.equals(SimulatedBatcher.INTERVAL));
        pauses += timer.isInterval() ? 0 : 1;
        if (simulation.fails(2)) {
            rejected = true;
            throw new RejectedExecutionException("no memory");
        }
        timers.add(timer);
        simulation.interleave();
        return () -> {
            batcher.entered("cancel timer");
            timers.removeIf(it -> it == timer);
        };
    }

    @Override
    public Uni<Void> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> emitter.onTermination(after(delay, () -> emitter.complete(null))));
    }

    @Override
    public Instant now() {
        return simulation.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.between(Instant.EPOCH, simulation.now());
    }

    void runAny() {
        if (!tasks.isEmpty()) {
            simulation.note(batcher + ": run task");
            tasks.remove(simulation.random.nextInt(tasks.size())).run();
        }
    }

    /** The time of the next timer; null if there is none. */
    Instant nextTimer() {
        return timers.stream().map(Timer::at).min(Comparator.naturalOrder()).orElse(null);
    }

    void runTimer() {
        Timer next = timers.stream().min(Comparator.comparing(Timer::at)).orElseThrow();
        timers.removeIf(it -> it == next);
        simulation.note(batcher + ": run " + (next.isInterval() ? "flush timer" : "timer"));
        next.task().run();
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    /** Whether something is scheduled besides the flush timer. */
    boolean isBusy() {
        return hasTasks() || timers.stream().anyMatch(timer -> !timer.isInterval());
    }

    boolean isIdle() {
        return tasks.isEmpty() && timers.isEmpty();
    }

    boolean hasFlushTimer() {
        return timers.stream().anyMatch(Timer::isInterval);
    }

    /** Whether a timer was rejected after the last {@link #resetRejected}. */
    boolean hasRejected() {
        return rejected;
    }

    void resetRejected() {
        rejected = false;
    }

    /** The number of timers other than flush timers that have been set. */
    int pauses() {
        return pauses;
    }

    private record Timer(Instant at, Runnable task, boolean isInterval) {
    }
}
