package io.quarkiverse.posthog.runtime.capture.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.SendResult.Dropped;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryLatency;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.Excluded;
import io.quarkiverse.posthog.runtime.capture.wire.Protocol;
import io.quarkiverse.posthog.runtime.capture.wire.Protocol.Rejection;
import io.quarkiverse.posthog.runtime.capture.wire.Protocol.Results;
import io.quarkiverse.posthog.runtime.capture.wire.RejectionSearch;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.RetryAfter;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.UnexpectedFailure;
import io.smallrye.mutiny.Uni;

/**
 * Sends a batch once, and determines the next step. Only responses that the protocol documents as final end events.
 * After every other failure, of any layer, the batch is retried.
 * <p>
 * Events that another system keeps until they are delivered, such as a message broker, are ended only by responses that
 * concern the event itself. A rejection of the account, such as an invalid token or an exceeded quota, is retried.
 */
final class BatchSender {

    private static final int INVALID = 400;
    private static final int TOO_LARGE = 413;
    /** The detail of a result of protocol {@code v1}: the quota of the project is exceeded. */
    private static final String BILLING_LIMIT = "billing_limit_exceeded";

    private final ApiExecutor calls;
    private final Protocol protocol;
    private final BatchEncoder encoder;
    private final RetryPolicy retries;
    private final DeliveryCallback callback;
    private final CaptureLogger log;
    private final boolean endsWithAccount;
    private final AtomicInteger rejectedInVain = new AtomicInteger();

    /** @param endsWithAccount whether a rejection of the account ends the events; otherwise they are retried */
    BatchSender(ApiExecutor calls, Protocol protocol, BatchEncoder encoder, RetryPolicy retries, DeliveryCallback callback,
            CaptureLogger log, boolean endsWithAccount) {
        this.calls = calls;
        this.protocol = protocol;
        this.encoder = encoder;
        this.retries = retries;
        this.callback = callback;
        this.log = log;
        this.endsWithAccount = endsWithAccount;
    }

    /** Encodes the body of a request. May take a while. */
    EncodedBatch encode(Batch batch, AccountExecutor background) {
        return encoder.encode(batch, background.now());
    }

    /** Reports the events that can never be sent as dropped. */
    void reportExcluded(EncodedBatch encoded, DeliveryCallback callback) {
        for (Excluded excluded : encoded.excluded()) {
            if (excluded.failure() != null) {
                log.failed("could not encode an event", UnexpectedFailure.of(excluded.failure(), calls::message));
            }
            observed(() -> callback.dropped(List.of(excluded.event()), excluded.reason(), calls.masked(excluded.detail())));
        }
    }

    /** Sends a batch. Never fails: a failure is part of the result. */
    Uni<SendResult> send(EncodedBatch encoded) {
        return Uni.createFrom().deferred(() -> sending(encoded))
                .onFailure().recoverWithItem(failure -> undelivered(encoded.batch(), failure));
    }

    private Uni<SendResult> sending(EncodedBatch encoded) {
        Batch batch = encoded.batch();
        long start = System.nanoTime();
        observed(() -> calls.metrics().sending(batch.events().size(), encoded.body().length));
        return calls.send(protocol.operation(),
                api -> protocol.send(api, batch, new RequestBody(encoded.body()), encoder.encoding()))
                .map(response -> responded(encoded, response, start))
                .onFailure().recoverWithItem(failure -> {
                    Throwable known = known(failure);
                    attempted(encoded, start, status(known), known);
                    return failed(batch, known);
                });
    }

    private SendResult responded(EncodedBatch encoded, ApiResponse response, long start) {
        Batch batch = encoded.batch();
        try {
            Results results = protocol.results(batch, response.body());
            SendResult outcome = toResult(batch, results, RetryAfter.parse(response.header(HttpHeaders.RETRY_AFTER)));
            attempted(encoded, start, OptionalInt.of(response.status()), null);
            observed(() -> DeliveryLatency.of(results.delivered()).ifPresent(calls.metrics()::delivered));
            return outcome;
        } catch (IOException e) {
            PostHogResponseException failure = calls.invalidResponse(protocol.operation(), calls.account().ingestion()
                    + " did not acknowledge the events: the response has the status " + response.status()
                    + " and is not the JSON that PostHog responds with; check "
                    + AccountNames.key(calls.account().name(), "ingestion-host"));
            attempted(encoded, start, OptionalInt.of(response.status()), failure);
            return failed(batch, failure);
        }
    }

    /** A failure of metrics or listeners does not affect events. */
    private void observed(Runnable observer) {
        try {
            observer.run();
        } catch (Throwable e) {
            log.failed("could not notify listeners or metrics; events are not affected",
                    UnexpectedFailure.of(e, calls::message));
        }
    }

    private SendResult toResult(Batch batch, Results results, Duration retryAfter) {
        rejectedInVain.set(0);
        if (batch.search() != null) {
            batch.search().accepted();
        }
        List<Rejection> rejected = new ArrayList<>(results.rejected());
        List<QueuedEvent> again = new ArrayList<>(results.again());
        if (!endsWithAccount) {
            rejected.removeIf(rejection -> isOfAccount(rejection) && again.add(rejection.event()));
        }
        SendResult settled = SendResult.delivered(results.delivered()).withDropped(rejected.stream()
                .map(rejection -> new Dropped(List.of(rejection.event()), DropReason.REJECTED,
                        "event '" + rejection.event().event().event() + "': " + rejection.detail()))
                .toList());
        if (!again.isEmpty()) {
            String reason = results.rejected().stream().filter(BatchSender::isOfAccount).findFirst().map(Rejection::detail)
                    .orElse("PostHog could not store all of the events yet");
            return retry(settled, batch, inOrder(batch, again), retryAfter,
                    false, calls.invalidResponse(protocol.operation(), reason));
        }
        return rejected.isEmpty() ? settled
                : settled.withFailure(calls.invalidResponse(protocol.operation(),
                        "PostHog rejected the event: " + rejected.get(0).detail()));
    }

    /** By identity, because a broker can deliver the same event twice in a batch. */
    private static List<QueuedEvent> inOrder(Batch batch, List<QueuedEvent> events) {
        Set<QueuedEvent> selected = Collections.newSetFromMap(new IdentityHashMap<>());
        selected.addAll(events);
        return batch.events().stream().filter(selected::contains).toList();
    }

    private static boolean isOfAccount(Rejection rejection) {
        return BILLING_LIMIT.equals(rejection.detail());
    }

    /** The outcome of a batch that could not be encoded or sent, for any reason. */
    SendResult undelivered(Batch batch, Throwable failure) {
        return failed(batch, known(failure));
    }

    /** The outcome of a batch that is not sent, because the search that it is a part of was given up; otherwise empty. */
    Optional<SendResult> verdict(Batch batch) {
        return Optional.ofNullable(batch.search()).filter(search -> endsWithAccount).map(RejectionSearch::verdict)
                .map(rejection -> SendResult.dropped(batch.events(), DropReason.REJECTED, rejection.getMessage(), rejection));
    }

    private Throwable known(Throwable failure) {
        if (failure instanceof PostHogException) {
            return failure;
        }
        UnexpectedFailure unexpected = UnexpectedFailure.of(failure, calls::message);
        return new PostHogConnectionException(calls.account().name(), protocol.operation().name(),
                "sending events failed unexpectedly (" + unexpected.getMessage() + ")", unexpected);
    }

    private SendResult failed(Batch batch, Throwable failure) {
        if (failure instanceof PostHogMissingKeyException) {
            return SendResult.dropped(batch.events(), DropReason.NO_PROJECT_API_KEY, failure.getMessage(), failure);
        }
        int status = status(failure).orElse(0);
        if (!protocol.rejects(status) || !endsWithAccount && !isOfEvents(status)) {
            Duration retryAfter = failure instanceof PostHogApiException api ? api.retryAfter().orElse(null) : null;
            // A host that rejects requests is available: other queues of the account do not wait for this one
            return retry(SendResult.delivered(List.of()), batch, batch.events(), retryAfter, !protocol.rejects(status),
                    failure);
        }
        if (status == INVALID && (!endsWithAccount || batch.search() != null || batch.events().size() > 1)) {
            return invalid(batch, failure);
        }
        if (status == TOO_LARGE && batch.events().size() > 1) {
            return SendResult.delivered(List.of()).withRetries(batch.split()).withFailure(failure);
        }
        return SendResult.dropped(batch.events(), status == TOO_LARGE ? DropReason.TOO_LARGE : DropReason.REJECTED,
                failure.getMessage(), failure);
    }

    /**
     * Whether a final status concerns the events of the request. A status 400 does, unless it is the response to every
     * request, for example of a proxy.
     */
    private boolean isOfEvents(int status) {
        return status == TOO_LARGE || status == INVALID && rejectedInVain.get() < RejectionSearch.MAX_REJECTIONS;
    }

    /**
     * Splits a rejected batch, because PostHog rejects the whole request for one invalid event. Batches from the queue
     * with a single event are handled elsewhere: PostHog's test harness requires that they are not sent again.
     */
    private SendResult invalid(Batch batch, Throwable failure) {
        RejectionSearch search = batch.search() == null ? new RejectionSearch(rejectedInVain) : batch.search();
        search.rejected(failure);
        boolean single = batch.events().size() == 1;
        if (!single && search.verdict() == null) {
            return SendResult.delivered(List.of()).withRetries(batch.split(search)).withFailure(failure);
        }
        if (!endsWithAccount && search.verdict() != null) {
            return retry(SendResult.delivered(List.of()), batch, batch.events(), null, false, failure);
        }
        String event = single ? "event '" + batch.events().get(0).event().event() + "': " : "";
        return SendResult.dropped(batch.events(), DropReason.REJECTED, event + failure.getMessage(), failure);
    }

    /** Also when these events have been sent often enough, others must not follow at once. */
    private SendResult retry(SendResult result, Batch batch, List<QueuedEvent> events, Duration retryAfter, boolean outage,
            Throwable failure) {
        int repeated = batch.attempt() - 1;
        SendResult next = retries.allows(repeated, retryAfter) ? result.withRetries(List.of(batch.again(events)))
                : result.withDropped(List.of(new Dropped(events, DropReason.RETRIES_EXHAUSTED, failure.getMessage())));
        return next.withBackoff(retries.pause(repeated, retryAfter), outage).withFailure(failure);
    }

    private void attempted(EncodedBatch encoded, long start, OptionalInt status, Throwable failure) {
        String reason = failure == null ? null : failure.getMessage();
        observed(() -> callback.attempted(encoded.batch(), reason,
                () -> new DeliveryAttempt(calls.account().name(), protocol.path(), encoded.batch().attempt(),
                        encoded.batch().uuids(), encoded.body().length, Duration.ofNanos(System.nanoTime() - start), status,
                        Optional.ofNullable(reason))));
    }

    private static OptionalInt status(Throwable failure) {
        return failure instanceof PostHogApiException api ? OptionalInt.of(api.status()) : OptionalInt.empty();
    }
}
