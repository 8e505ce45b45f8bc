package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.capture.CaptureAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.Background;
import io.quarkiverse.posthog.runtime.capture.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.Outcome.Dropped;
import io.quarkiverse.posthog.runtime.capture.Protocol.Results;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.RequestBody;
import io.quarkiverse.posthog.runtime.rest.RetryAfter;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.smallrye.mutiny.Uni;

/** Takes a batch to PostHog, once, and finds out what is to be done next. */
final class Courier {

    private static final int TOO_LARGE = 413;

    private final ApiCalls calls;
    private final Protocol protocol;
    private final BatchEncoder encoder;
    private final RetryPolicy retries;
    private final Fates fates;

    Courier(ApiCalls calls, Protocol protocol, BatchEncoder encoder, RetryPolicy retries, Fates fates) {
        this.calls = calls;
        this.protocol = protocol;
        this.encoder = encoder;
        this.retries = retries;
        this.fates = fates;
    }

    /** The body of a request. What is too large for any request is dropped. May take a while. */
    EncodedBatch encode(Batch batch, Background background) {
        EncodedBatch encoded = encoder.encode(batch, background.now());
        encoded.tooLarge().forEach(large -> fates.dropped(List.of(large.event()), DropReason.TOO_LARGE,
                "event '" + large.event().event().event() + "' has " + large.bytes() + " bytes"));
        return encoded;
    }

    /** Sends a batch. Never fails: what went wrong is part of what comes out. */
    Uni<Outcome> send(EncodedBatch encoded) {
        Batch batch = encoded.batch();
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            calls.metrics().sending(batch.events().size(), encoded.body().length);
            return calls.send(protocol.operation(),
                    api -> protocol.send(api, batch, new RequestBody(encoded.body()), encoder.encoding()))
                    .map(answer -> answered(encoded, answer, start))
                    .onFailure().recoverWithItem(failure -> {
                        attempted(encoded, start, status(failure), failure);
                        return failed(batch, failure);
                    });
        });
    }

    private Outcome answered(EncodedBatch encoded, ApiResponse answer, long start) {
        Batch batch = encoded.batch();
        try {
            Results results = protocol.results(batch, answer.body());
            attempted(encoded, start, OptionalInt.of(answer.status()), null);
            DeliveryDelay.of(results.delivered()).ifPresent(calls.metrics()::delivered);
            return settled(batch, results, RetryAfter.parse(answer.header(HttpHeaders.RETRY_AFTER)));
        } catch (IOException e) {
            PostHogResponseException failure = calls.nonsense(protocol.operation(), calls.account().ingestion()
                    + " did not acknowledge the events, but answered something that is no JSON; check "
                    + AccountNames.key(calls.account().name(), "ingestion-host"));
            attempted(encoded, start, OptionalInt.of(answer.status()), failure);
            return failed(batch, failure);
        }
    }

    private Outcome settled(Batch batch, Results results, Duration retryAfter) {
        Outcome settled = Outcome.delivered(results.delivered()).dropping(results.refused().stream()
                .map(refusal -> new Dropped(List.of(refusal.event()), DropReason.REFUSED,
                        "event '" + refusal.event().event().event() + "': " + refusal.detail()))
                .toList());
        if (!results.again().isEmpty()) {
            return again(settled, batch, results.again(), retryAfter, false,
                    calls.nonsense(protocol.operation(), "PostHog could not store all of the events yet"));
        }
        return results.refused().isEmpty() ? settled
                : settled.because(calls.nonsense(protocol.operation(),
                        "PostHog refused the event: " + results.refused().get(0).detail()));
    }

    private Outcome failed(Batch batch, Throwable failure) {
        if (status(failure).orElse(0) == TOO_LARGE && batch.events().size() > 1) {
            return Outcome.delivered(List.of()).then(batch.halves()).because(failure);
        }
        if (repeats(failure)) {
            Duration retryAfter = failure instanceof PostHogApiException api ? api.retryAfter().orElse(null) : null;
            return again(Outcome.delivered(List.of()), batch, batch.events(), retryAfter, true, failure);
        }
        DropReason reason = status(failure).orElse(0) == TOO_LARGE ? DropReason.TOO_LARGE
                : failure instanceof PostHogApiException ? DropReason.REFUSED : DropReason.FAILED;
        return Outcome.dropped(batch.events(), reason, failure);
    }

    private boolean repeats(Throwable failure) {
        return RetryPolicy.repeats(protocol.operation(), failure)
                || failure instanceof PostHogResponseException && retries.patient() && protocol.repeatsAfterNonsense();
    }

    /** Also when these events have been sent often enough, others must not follow at once. */
    private Outcome again(Outcome sofar, Batch batch, List<QueuedEvent> events, Duration retryAfter, boolean outage,
            Throwable failure) {
        int repeated = batch.attempt() - 1;
        Outcome next = retries.allows(repeated, retryAfter) ? sofar.then(List.of(batch.again(events)))
                : sofar.dropping(List.of(new Dropped(events, DropReason.RETRIES_EXHAUSTED, failure.getMessage())));
        return next.pausing(retries.pause(repeated, retryAfter), outage).because(failure);
    }

    private void attempted(EncodedBatch encoded, long start, OptionalInt status, Throwable failure) {
        String reason = failure == null ? null : failure.getMessage();
        fates.attempted(encoded.batch().attempt(), reason, () -> new CaptureAttempt(calls.account().name(), protocol.path(),
                encoded.batch().attempt(), encoded.batch().uuids(), encoded.body().length,
                Duration.ofNanos(System.nanoTime() - start), status, Optional.ofNullable(reason)));
    }

    private static OptionalInt status(Throwable failure) {
        return failure instanceof PostHogApiException api ? OptionalInt.of(api.status()) : OptionalInt.empty();
    }
}
