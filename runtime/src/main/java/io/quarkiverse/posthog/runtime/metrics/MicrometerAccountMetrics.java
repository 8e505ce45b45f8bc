package io.quarkiverse.posthog.runtime.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;

/** The Micrometer metrics of an account, as described on the page "Health, metrics and tracing" of the documentation. */
final class MicrometerAccountMetrics implements AccountMetrics {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();
    /** Keeps the sources of meters in memory, because the registry only has weak references to them. */
    private final Queue<Supplier<?>> watched = new ConcurrentLinkedQueue<>();
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();
    private final Map<String, Timer> waits = new ConcurrentHashMap<>();
    private final Map<String, Counter> polls = new ConcurrentHashMap<>();
    private final Map<FlagSource, Counter> evaluations = new ConcurrentHashMap<>();
    private final DistributionSummary batchEvents;
    private final DistributionSummary batchBytes;
    private final Timer delay;
    private volatile boolean closed;

    MicrometerAccountMetrics(MeterRegistry registry, String account) {
        this.registry = registry;
        this.tags = Tags.of("account", account);
        this.batchEvents = kept(DistributionSummary.builder("posthog.capture.batch.events").tags(tags).baseUnit("events")
                .description("Number of events in a capture request").register(registry));
        this.batchBytes = kept(DistributionSummary.builder("posthog.capture.batch.size").tags(tags).baseUnit("bytes")
                .description("Compressed size of a capture request").register(registry));
        this.delay = kept(Timer.builder("posthog.capture.latency").tags(tags)
                .description("Time from capturing an event to its acknowledgement; the maximum of each request")
                .register(registry));
    }

    @Override
    public void watchCapture(Supplier<CaptureStatus> capture) {
        counter("posthog.capture.accepted", "events", "Events that were accepted", tags, capture, CaptureStatus::accepted);
        counter("posthog.capture.delivered", "events", "Events that PostHog acknowledged", tags, capture,
                CaptureStatus::delivered);
        for (DropReason reason : DropReason.values()) {
            counter("posthog.capture.dropped", "events", "Events that were dropped",
                    tags.and("reason", reason.name().toLowerCase(Locale.ROOT)), capture, status -> status.dropped(reason));
        }
        counter("posthog.capture.retries", "requests", "Capture requests that were retries", tags, capture,
                CaptureStatus::retries);
        gauge("posthog.capture.queue.events", "events", "Events that are queued or being sent", capture, CaptureStatus::queued);
        gauge("posthog.capture.queue.size", "bytes", "Memory of the events that are queued or being sent", capture,
                CaptureStatus::queuedBytes);
    }

    @Override
    public void watchDefinitions(Supplier<FlagDefinitionsStatus> definitions) {
        gauge("posthog.flags.definitions", "flags", "Number of loaded flag definitions", definitions,
                FlagDefinitionsStatus::flagCount);
        gauge("posthog.flags.definitions.age", "seconds", "Time since PostHog confirmed that the flag definitions are current",
                definitions, MicrometerAccountMetrics::age);
    }

    private static double age(FlagDefinitionsStatus status) {
        return status.age(Instant.now()).map(age -> age.toMillis() / 1e3).orElse(Double.NaN);
    }

    private <T> void counter(String name, String unit, String description, Tags tags, Supplier<T> source,
            ToDoubleFunction<T> value) {
        watched.add(source);
        kept(FunctionCounter.builder(name, source, it -> value.applyAsDouble(it.get())).tags(tags).baseUnit(unit)
                .description(description).register(registry));
    }

    private <T> void gauge(String name, String unit, String description, Supplier<T> source, ToDoubleFunction<T> value) {
        watched.add(source);
        kept(Gauge.builder(name, source, it -> value.applyAsDouble(it.get())).tags(tags).baseUnit(unit)
                .description(description).register(registry));
    }

    @Override
    public void called(String operation, String status, Duration took) {
        calls.computeIfAbsent(operation + ' ' + status, key -> kept(Timer.builder("posthog.api.requests")
                .tags(tags.and("operation", operation, "status", status)).description("Requests to PostHog")
                .register(registry))).record(took);
    }

    @Override
    public void waited(String limit, Duration wait) {
        waits.computeIfAbsent(limit, key -> kept(Timer.builder("posthog.api.rate.limit.waits").tags(tags.and("limit", limit))
                .description("Delays of requests by client-side rate limits").register(registry))).record(wait);
    }

    @Override
    public void sending(int events, int bytes) {
        batchEvents.record(events);
        batchBytes.record(bytes);
    }

    @Override
    public void delivered(Duration delay) {
        this.delay.record(delay);
    }

    @Override
    public void evaluated(FlagSource source, int flags) {
        evaluations.computeIfAbsent(source, key -> kept(Counter.builder("posthog.flags.evaluations")
                .tags(tags.and("source", key.name().toLowerCase(Locale.ROOT))).baseUnit("flags")
                .description("Flags that were evaluated").register(registry))).increment(flags);
    }

    @Override
    public void polled(String outcome) {
        polls.computeIfAbsent(outcome, key -> kept(Counter.builder("posthog.flags.definitions.polls")
                .tags(tags.and("outcome", outcome)).description("Attempts to load flag definitions")
                .register(registry))).increment();
    }

    private <M extends Meter> M kept(M meter) {
        registered.add(meter);
        if (closed) {
            registry.remove(meter);
        }
        return meter;
    }

    @Override
    public void close() {
        closed = true;
        registered.forEach(registry::remove);
        registered.clear();
        watched.clear();
    }
}
