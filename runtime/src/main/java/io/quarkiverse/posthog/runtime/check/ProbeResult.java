package io.quarkiverse.posthog.runtime.check;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

import jakarta.ws.rs.core.HttpHeaders;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.smallrye.mutiny.Uni;

/**
 * The result of a request.
 *
 * @param body the response; null if the request failed or was not sent
 * @param failure the failure; null if the request succeeded or was not sent
 * @param duration the duration; null if the request was not sent
 * @param clockSkew the time by which the clock of this machine is ahead of PostHog's clock; null if the response had no date
 */
record ProbeResult<T>(T body, Throwable failure, Duration duration, Duration clockSkew) {

    /** The average difference to the header, which contains whole seconds. */
    private static final Duration TRUNCATED = Duration.ofMillis(500);

    static <T> ProbeResult<T> none() {
        return new ProbeResult<>(null, null, null, null);
    }

    /** Sends a request. Never fails, and takes no longer than the timeout. */
    static <T> Uni<ProbeResult<T>> probe(Uni<ApiResponse> request, Function<ApiResponse, T> decoder, Duration timeout,
            Clock clock) {
        return Uni.createFrom().deferred(() -> {
            Instant sent = clock.instant();
            return request.ifNoItem().after(timeout).fail()
                    .map(response -> {
                        Duration duration = Duration.between(sent, clock.instant());
                        return new ProbeResult<>(decoder.apply(response), null, duration,
                                clockSkew(sent.plus(duration.dividedBy(2)), response.header(HttpHeaders.DATE)));
                    })
                    .onFailure().recoverWithItem(
                            failure -> new ProbeResult<>(null, failure, Duration.between(sent, clock.instant()), null));
        });
    }

    /** Reads a value with any number of requests. Never fails, and takes no longer than the timeout. */
    static <T> Uni<ProbeResult<T>> read(Uni<T> requests, Duration timeout) {
        return requests.ifNoItem().after(timeout).fail().map(value -> new ProbeResult<>(value, null, Duration.ZERO, null))
                .onFailure().recoverWithItem(failure -> new ProbeResult<>(null, failure, Duration.ZERO, null));
    }

    private static Duration clockSkew(Instant local, String date) {
        try {
            return date == null ? null
                    : Duration.between(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
                            .plus(TRUNCATED), local);
        } catch (DateTimeException e) {
            return null;
        }
    }

    boolean isSent() {
        return duration != null;
    }

    boolean isSuccess() {
        return isSent() && failure == null;
    }

    /** Returns the status of an error response; empty if there was none. */
    OptionalInt errorStatus() {
        return failure instanceof PostHogApiException api ? OptionalInt.of(api.status()) : OptionalInt.empty();
    }

    boolean isStatus(int status) {
        return errorStatus().equals(OptionalInt.of(status));
    }

    /** Returns the scope that the key lacks, if this is the reason of the failure. */
    Optional<String> missingScope() {
        return failure instanceof PostHogPermissionException permission ? permission.missingScope() : Optional.empty();
    }
}
