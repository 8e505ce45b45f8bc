package io.quarkiverse.posthog.runtime.capture.spool;

/**
 * The result of appending a record.
 *
 * @param sequence its number
 * @param read whether the read cursor is past it, so that {@link Spool#read} won't return it
 * @param dropped the number of unread records that were dropped to make room for it
 */
public record AppendResult(long sequence, boolean read, long dropped) {
}
