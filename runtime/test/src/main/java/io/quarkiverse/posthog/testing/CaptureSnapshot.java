package io.quarkiverse.posthog.testing;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.posthog.testing.runtime.CaptureProgress;

/**
 * What was captured until some moment.
 *
 * @param events those that have arrived, in their order
 * @param progress what became of the others; empty when nobody knows
 */
record CaptureSnapshot(List<CapturedEvent> events, Optional<CaptureProgress> progress) {
}
