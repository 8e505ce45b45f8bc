package io.quarkiverse.posthog.testing;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.posthog.testing.runtime.CaptureProgress;

/**
 * The events that were captured up to some time.
 *
 * @param events the events that have arrived, in order
 * @param progress the outcome of the other events; empty if unknown
 */
record CaptureSnapshot(List<CapturedEvent> events, Optional<CaptureProgress> progress) {
}
