package io.quarkiverse.posthog.emulator.capture.v1;

import io.quarkiverse.posthog.emulator.http.ApiResponse;
import io.quarkiverse.posthog.emulator.http.CaptureV1Error;

/** A request that is rejected with all of its events. */
final class BatchRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ApiResponse answer;

    BatchRejectedException(int status, String error, String description) {
        // No stack trace, because the exception is a regular response
        super(description, null, false, false);
        this.answer = new CaptureV1Error(status, error, description).response();
    }

    ApiResponse response() {
        return answer;
    }
}
