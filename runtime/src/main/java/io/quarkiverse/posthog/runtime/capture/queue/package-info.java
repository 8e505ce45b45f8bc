/**
 * The queues of events that are not sent yet: {@code InMemoryEventQueue}, and {@code SpoolingEventQueue}, which also writes
 * events to disk. Both implement {@code EventQueue} and report rejected and evicted events in an {@code OfferResult}. {@code
 * SpooledEventCodec} defines the format of events on disk; the files are in {@code spool}.
 */
package io.quarkiverse.posthog.runtime.capture.queue;
