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
 * @param body what was answered; null when there was no success
 * @param failure what it failed with; null when it was a success, or not sent at all
 * @param took how long it took; null when it was not sent
 * @param ahead how far the clock of this machine is ahead of that of PostHog; null when PostHog did not tell the time
 */
record ProbeResult<T>(T body, Throwable failure, Duration took, Duration ahead) {

    /** The header tells whole seconds: the true time is half a second later on average. */
    private static final Duration TRUNCATED = Duration.ofMillis(500);

    static <T> ProbeResult<T> none() {
        return new ProbeResult<>(null, null, null, null);
    }

    /** Sends a request. Never fails, and takes no longer than the timeout. */
    static <T> Uni<ProbeResult<T>> of(Uni<ApiResponse> request, Function<ApiResponse, T> decoder, Duration timeout,
            Clock clock) {
        return Uni.createFrom().deferred(() -> {
            Instant sent = clock.instant();
            return request.ifNoItem().after(timeout).fail()
                    .map(response -> {
                        Duration took = Duration.between(sent, clock.instant());
                        return new ProbeResult<>(decoder.apply(response), null, took,
                                ahead(sent.plus(took.dividedBy(2)), response.header(HttpHeaders.DATE)));
                    })
                    .onFailure().recoverWithItem(
                            failure -> new ProbeResult<>(null, failure, Duration.between(sent, clock.instant()), null));
        });
    }

    private static Duration ahead(Instant here, String there) {
        try {
            return there == null ? null
                    : Duration.between(ZonedDateTime.parse(there, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
                            .plus(TRUNCATED), here);
        } catch (DateTimeException e) {
            return null;
        }
    }

    boolean isSent() {
        return took != null;
    }

    boolean isSuccess() {
        return isSent() && failure == null;
    }

    /** The status of an answer that is no success; empty when there was no answer, or it was one. */
    OptionalInt errorStatus() {
        return failure instanceof PostHogApiException api ? OptionalInt.of(api.status()) : OptionalInt.empty();
    }

    boolean isStatus(int status) {
        return errorStatus().equals(OptionalInt.of(status));
    }

    /** The scope that the key lacks for this, when that is what it failed with. */
    Optional<String> missingScope() {
        return failure instanceof PostHogPermissionException permission ? permission.missingScope() : Optional.empty();
    }
}
