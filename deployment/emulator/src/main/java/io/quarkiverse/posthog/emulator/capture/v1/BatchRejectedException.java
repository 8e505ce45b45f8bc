package io.quarkiverse.posthog.emulator.capture.v1;

import io.quarkiverse.posthog.emulator.http.CaptureV1Error;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;

/** A request that is rejected with all of its events. */
final class BatchRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient EmulatorResponse answer;

    BatchRejectedException(int status, String error, String description) {
        // No stack trace, because the exception is a regular response
        super(description, null, false, false);
        this.answer = new CaptureV1Error(status, error, description).response();
    }

    EmulatorResponse response() {
        return answer;
    }
}
