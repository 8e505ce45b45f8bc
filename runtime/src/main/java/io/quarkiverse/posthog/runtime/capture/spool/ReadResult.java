package io.quarkiverse.posthog.runtime.capture.spool;

import java.util.List;

/**
 * The result of reading records.
 *
 * @param records the records, in order
 * @param damaged the number of records that were skipped because they are damaged
 * @param expired the number of records that were skipped because they are too old
 */
public record ReadResult(List<SpoolRecord> records, long damaged, long expired) {
}
