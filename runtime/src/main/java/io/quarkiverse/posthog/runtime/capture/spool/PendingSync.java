package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;
import java.util.List;

/**
 * The files that were written and are not forced to the disk yet.
 *
 * @param lastSequence the last record in the files
 * @param full the files of completed segments
 * @param current the file of the segment that records are appended to
 * @param directoryChanged whether files were added to or removed from the directory
 */
record PendingSync(long lastSequence, List<SpoolFile> full, SpoolFile current, SpoolDirectory directory,
        boolean directoryChanged) {

    void sync() throws IOException {
        for (SpoolFile file : full) {
            try (file) {
                file.force();
            }
        }
        current.force();
        if (directoryChanged) {
            directory.force();
        }
    }
}
