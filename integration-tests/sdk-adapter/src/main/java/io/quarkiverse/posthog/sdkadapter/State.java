package io.quarkiverse.posthog.sdkadapter;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.capture.CaptureStatus;

/** The state of an instance. */
@JsonNaming(SnakeCaseStrategy.class)
public record State(long pendingEvents, long totalEventsCaptured, long totalEventsSent, long totalRetries, String lastError,
        List<Request> requestsMade) {

    static State of(CaptureStatus status, List<Request> requests) {
        return new State(status.queued(), status.accepted(), status.delivered(), status.retries(),
                status.lastFailure().orElse(null), requests);
    }

    /**
     * A request with events.
     *
     * @param timestampMs the time of the request
     * @param statusCode the status of the response; 0 if there was none
     * @param retryAttempt 0 for the first attempt
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Request(long timestampMs, int statusCode, int retryAttempt, int eventCount, List<UUID> uuidList) {
    }
}
