package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.posthog.runtime.files.PrivateFiles;

/** The directory of a spool, and the names of its files. */
record SpoolDirectory(Path path) {

    private static final String SUFFIX = ".spool";

    /** No spool ever counts so far: a larger number is damaged, and would leave no names for later segments. */
    static final long MAX_SEQUENCE = 1L << 59;

    /** 20 digits, so that names and numbers have the same order. Names that begin with 00 always fit in a long. */
    private static final Pattern SEGMENT = Pattern.compile("00\\d{18}\\.spool");

    void create() throws SpoolException {
        try {
            boolean absent = Files.notExists(path);
            PrivateFiles.subdirectory(path);
            if (absent) {
                new SpoolDirectory(path.toAbsolutePath().getParent()).force();
            }
        } catch (IOException e) {
            throw new SpoolException("can't use the directory " + path + " for the spool: " + e.getMessage(), e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path segment(long first) {
        return path.resolve(String.format("%020d", first) + SUFFIX);
    }

    /** The first sequence numbers of the existing segments, in order. */
    List<Long> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> SEGMENT.matcher(name).matches())
                    .map(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted().toList();
        }
    }

    /** Makes new names last, and deleted ones stay away, where the platform can do that: Windows can't. */
    void force() {
        boolean interrupted = Thread.interrupted();
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // The records themselves are forced nonetheless
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
