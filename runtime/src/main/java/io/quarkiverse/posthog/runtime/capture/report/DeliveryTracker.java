package io.quarkiverse.posthog.runtime.capture.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.runtime.capture.event.CaptureHooks;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;

/** Counts the events of an account by outcome, notifies listeners, and logs dropped events. */
public final class DeliveryTracker implements DeliveryCallback {

    /** The reasons that are logged when they occur. */
    private static final Set<DropReason> LOGGED = EnumSet.of(DropReason.BEFORE_SEND_FAILED, DropReason.NESTED);

    private final String account;
    private final CaptureHooks hooks;
    private final CaptureLogger log;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
    private volatile String lastFailure;

    public DeliveryTracker(String account, CaptureHooks hooks, CaptureLogger log) {
        this.account = account;
        this.hooks = hooks;
        this.log = log;
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    public void accepted(QueuedEvent event) {
        accepted.increment();
        if (hooks.hasListeners()) {
            hooks.notifyDevModeListeners(listener -> listener.accepted(account, event.event(), event.size()));
        }
    }

    /** A channel has stored an event, which another process delivers. That process notifies its listeners. */
    public void stored() {
        delivered.increment();
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        delivered.add(events.size());
        if (hooks.hasListeners()) {
            for (QueuedEvent event : events) {
                hooks.notifyListeners(event.fromListener(),
                        listener -> listener.onDelivered(new DeliveredEvent(account, event.event())));
            }
        }
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        dropped.get(reason).add(events.size());
        log.drops().dropped(events.stream().map(event -> event.event().event()).toList(), reason, detail);
        for (QueuedEvent event : events) {
            notifyDropped(event.event(), event.fromListener(), reason, detail);
        }
    }

    /** An event was not accepted. */
    public void discarded(Discarded discarded) {
        if (!discarded.reason().isIntentional() && !LOGGED.contains(discarded.reason())) {
            CaptureEvent event = discarded.event();
            log.drops().dropped(Collections.singletonList(event == null ? null : event.event()), discarded.reason(),
                    discarded.detail());
        }
        discardedForCaller(discarded);
    }

    /** An event was not accepted. The caller gets the reason, and it is not logged. */
    public void discardedForCaller(Discarded discarded) {
        dropped.get(discarded.reason()).increment();
        if (!discarded.reason().isIntentional()) {
            notifyDropped(discarded.event(), false, discarded.reason(), discarded.detail());
        } else {
            notifyDiscarded(discarded.event(), discarded.reason());
        }
    }

    /** An event was not accepted because the queue is full, which the caller expects. */
    public void rejected(CaptureEvent event) {
        dropped.get(DropReason.QUEUE_FULL).increment();
        notifyDiscarded(event, DropReason.QUEUE_FULL);
    }

    private void notifyDiscarded(CaptureEvent event, DropReason reason) {
        if (hooks.hasListeners()) {
            hooks.notifyDevModeListeners(listener -> listener.discarded(account, event, reason));
        }
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        dropped.get(reason).add(count);
        log.drops().dropped(count, reason, detail);
    }

    private void notifyDropped(CaptureEvent event, boolean fromListener, DropReason reason, String detail) {
        if (hooks.hasListeners()) {
            DroppedEvent notification = new DroppedEvent(account, event, reason, Optional.ofNullable(detail));
            hooks.notifyListeners(fromListener, listener -> listener.onDropped(notification));
        }
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        requests.increment();
        if (batch.attempt() > 1) {
            retries.increment();
        }
        lastFailure = failure;
        if (hooks.hasListeners()) {
            DeliveryAttempt attempt = details.get();
            hooks.notifyListeners(batch.isFromListeners(), listener -> listener.onAttempt(attempt));
        }
    }

    /** Returns a callback that does not log dropped events, because their callers get the failure. */
    public DeliveryCallback withoutLogging() {
        return new DeliveryCallback() {

            @Override
            public void delivered(List<QueuedEvent> events) {
                DeliveryTracker.this.delivered(events);
            }

            @Override
            public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
                dropped.get(reason).add(events.size());
                events.forEach(event -> notifyDropped(event.event(), event.fromListener(), reason, detail));
            }

            @Override
            public void dropped(long count, DropReason reason, String detail) {
                dropped.get(reason).add(count);
            }

            @Override
            public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
                DeliveryTracker.this.attempted(batch, failure, details);
            }
        };
    }

    public long acceptedCount() {
        return accepted.sum();
    }

    public long deliveredCount() {
        return delivered.sum();
    }

    public Map<DropReason, Long> droppedCounts() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, count) -> {
            if (count.sum() > 0) {
                counts.put(reason, count.sum());
            }
        });
        return counts;
    }

    public long droppedCount(DropReason reason) {
        return dropped.get(reason).sum();
    }

    public long requestCount() {
        return requests.sum();
    }

    public long retryCount() {
        return retries.sum();
    }

    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}
