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
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;

/** Counts the events of an account by outcome, notifies listeners, and logs dropped events. */
public final class DeliveryTracker implements DeliveryCallback {

    /** Logged already, where it was found out. */
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
            hooks.notifyDevModeListeners(witness -> witness.accepted(account, event.event(), event.size()));
        }
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
            tell(event.event(), event.fromListener(), reason, detail);
        }
    }

    /** An event was not accepted. */
    public void declined(CaptureEvent event, DropReason reason, String detail) {
        if (!reason.isIntentional() && !LOGGED.contains(reason)) {
            log.drops().dropped(Collections.singletonList(event == null ? null : event.event()), reason, detail);
        }
        declinedToCaller(event, reason, detail);
    }

    /** An event was not accepted. The caller gets the reason, and it is not logged. */
    public void declinedToCaller(CaptureEvent event, DropReason reason, String detail) {
        dropped.get(reason).increment();
        if (!reason.isIntentional()) {
            tell(event, false, reason, detail);
        } else {
            withheld(event, reason);
        }
    }

    /** The caller asked to be told, and is, that there is no room. */
    public void rejected(CaptureEvent event) {
        dropped.get(DropReason.QUEUE_FULL).increment();
        withheld(event, DropReason.QUEUE_FULL);
    }

    private void withheld(CaptureEvent event, DropReason reason) {
        if (hooks.hasListeners()) {
            hooks.notifyDevModeListeners(witness -> witness.withheld(account, event, reason));
        }
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        dropped.get(reason).add(count);
        log.drops().dropped(count, reason, detail);
    }

    private void tell(CaptureEvent event, boolean fromListener, DropReason reason, String detail) {
        if (hooks.hasListeners()) {
            DroppedEvent told = new DroppedEvent(account, event, reason, Optional.ofNullable(detail));
            hooks.notifyListeners(fromListener, listener -> listener.onDropped(told));
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
            DeliveryAttempt told = details.get();
            hooks.notifyListeners(batch.isFromListeners(), listener -> listener.onAttempt(told));
        }
    }

    /** The same for events whose callers wait for them and are told themselves: nothing is logged. */
    public DeliveryCallback withoutLogging() {
        return new DeliveryCallback() {

            @Override
            public void delivered(List<QueuedEvent> events) {
                DeliveryTracker.this.delivered(events);
            }

            @Override
            public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
                dropped.get(reason).add(events.size());
                events.forEach(event -> tell(event.event(), event.fromListener(), reason, detail));
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
