package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;
import java.util.List;

/**
 * The files that were written and are not forced to the disk yet.
 *
 * @param upTo the last record in it
 * @param full files of segments that nothing is appended to any more
 * @param current the file of the segment that records are appended to
 * @param renewed whether there are other files in the directory than before
 */
record PendingSync(long upTo, List<SpoolFile> full, SpoolFile current, SpoolDirectory directory, boolean renewed) {

    void force() throws IOException {
        for (SpoolFile file : full) {
            try (file) {
                file.force();
            }
        }
        current.force();
        if (renewed) {
            directory.force();
        }
    }
}
