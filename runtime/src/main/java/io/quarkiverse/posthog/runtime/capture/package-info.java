/**
 * The entry points of capturing: {@code CapturePipeline} for single events and {@code StreamCaptureSubscriber} for streams.
 * An event passes through the packages below: {@code event} completes it, {@code queue} keeps it, {@code wire} encodes
 * batches, and {@code delivery} sends them. {@code report} receives the outcome, and {@code log} logs it.
 * <p>
 * Each stage drops events for its own reasons. This package: {@code NO_PROJECT_API_KEY}, {@code CLOSED} and {@code
 * ENCODING_FAILED}. {@code event}: {@code INVALID}, {@code OPTED_OUT}, {@code SAMPLED_OUT}, {@code BEFORE_SEND}, {@code
 * BEFORE_SEND_FAILED}, {@code NESTED} and {@code ENCODING_FAILED}. {@code queue}: {@code QUEUE_FULL}, {@code TOO_LARGE},
 * {@code EXPIRED}, {@code SPOOL_FAILED} and {@code CLOSED}. {@code wire}: {@code TOO_LARGE} and {@code ENCODING_FAILED}.
 * {@code delivery}: {@code REJECTED}, {@code TOO_LARGE}, {@code RETRIES_EXHAUSTED}, {@code NO_PROJECT_API_KEY} and {@code
 * CLOSED}.
 */
package io.quarkiverse.posthog.runtime.capture;
