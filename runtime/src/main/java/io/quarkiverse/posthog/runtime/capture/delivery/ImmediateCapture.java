package io.quarkiverse.posthog.runtime.capture.delivery;

import java.util.List;
import java.util.UUID;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.Excluded;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.smallrye.mutiny.Uni;

/** Sends one event at once and waits for the acknowledgement. */
public final class ImmediateCapture {

    private static final int LARGE = 64 << 10;

    private final BatchSender sender;
    private final DeliveryCallback callback;
    private final AccountExecutor background;
    private final ApiExecutor calls;

    ImmediateCapture(BatchSender sender, DeliveryCallback callback, AccountExecutor background, ApiExecutor calls) {
        this.sender = sender;
        this.callback = callback;
        this.background = background;
        this.calls = calls;
    }

    public Uni<UUID> capture(QueuedEvent event) {
        return Uni.createFrom().deferred(() -> attempt(Batch.of(List.of(event)))).replaceWith(event.uuid());
    }

    private Uni<Void> attempt(Batch batch) {
        return encoded(batch).onItemOrFailure().transformToUni((encoded, failure) -> {
            if (failure != null) {
                return next(sender.undelivered(batch, failure));
            }
            return encoded.body() == null ? Uni.createFrom().failure(unsendable(encoded.excluded().get(0)))
                    : sender.send(encoded).chain(this::next);
        });
    }

    /** An AI event may be so large that encoding it would hold up an event loop. */
    private Uni<EncodedBatch> encoded(Batch batch) {
        Uni<EncodedBatch> encoded = Uni.createFrom().item(() -> sender.encode(batch, background))
                .invoke(result -> sender.reportExcluded(result, callback));
        return batch.events().get(0).size() < LARGE ? encoded
                : CallerContext.keep(encoded.runSubscriptionOn(background::work));
    }

    private Uni<Void> next(SendResult outcome) {
        outcome.report(callback);
        if (!outcome.again().isEmpty()) {
            return calls.pause(outcome.pause()).chain(() -> attempt(outcome.again().get(0)));
        }
        return outcome.failure() == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(outcome.failure());
    }

    private static RuntimeException unsendable(Excluded event) {
        return event.failure() == null ? new IllegalArgumentException(event.detail())
                : new IllegalStateException(event.detail(), event.failure());
    }
}
