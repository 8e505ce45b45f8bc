package io.quarkiverse.posthog.runtime.flags.definitions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.files.PrivateFiles;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;

/**
 * The copy of the flag definitions on disk, for the next start. The file has a header with the time of confirmation and
 * a checksum, followed by the JSON. Blocking; used by one load at a time.
 */
final class DefinitionsFileCache {

    private static final String FORMAT = "posthog-flag-definitions-1";

    /** The interval in which a new time of confirmation is written. */
    private static final Duration CONFIRMATION_INTERVAL = Duration.ofMinutes(10);

    /** More than a line with a version, a time and a checksum has. */
    private static final int MAX_HEADER = 1000;

    private final String account;
    private final Path file;
    private final long limit;
    private FlagDefinitionCacheData written;
    private final DuplicateMessageFilter<Path> failures = new DuplicateMessageFilter<>();

    /** @param limit the maximum size of the JSON, in bytes */
    private DefinitionsFileCache(String account, Path file, long limit) {
        this.account = account;
        this.file = file;
        this.limit = limit;
    }

    /** The file name contains neither the account name, which may have any characters, nor the token. */
    static DefinitionsFileCache of(Path directory, ResolvedAccountConfig account, long limit) {
        String name = Sha256.hex(account.name() + "\n" + account.projectApiKey().orElseThrow());
        return new DefinitionsFileCache(account.name(), directory.resolve("flag-definitions-" + name.substring(0, 32)), limit);
    }

    /** Returns the definitions that an earlier run wrote; empty if they are damaged. */
    Optional<FlagDefinitionCacheData> read() {
        try {
            written = parse(content());
            return Optional.of(written);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            ignored(e);
            return Optional.empty();
        }
    }

    private byte[] content() throws IOException {
        if (Files.isDirectory(directory())) {
            PrivateFiles.directory(directory());
        }
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > limit + MAX_HEADER) {
                throw new IOException("it has " + size + " bytes, but definitions may have " + limit);
            }
            return Channels.newInputStream(channel).readNBytes((int) size);
        }
    }

    private Path directory() {
        return file.toAbsolutePath().getParent();
    }

    /** Logs that the copy is not used. */
    void ignored(Exception reason) {
        DefinitionsLoadLogger.LOG.warnf("PostHog account '%s': the copy of the flag definitions in %s is ignored: %s;"
                + " it is replaced when PostHog sends the definitions", account, file, reason);
    }

    private static FlagDefinitionCacheData parse(byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String[] header = text.substring(0, Math.max(0, end)).split(" ");
        if (header.length != 3 || !header[0].equals(FORMAT)) {
            throw new IOException("the file does not have the expected format");
        }
        String json = text.substring(end + 1);
        if (!header[2].equals(checksum(header[1], json))) {
            throw new IOException("the file is damaged, its checksum is wrong");
        }
        return new FlagDefinitionCacheData(json, Instant.parse(header[1]));
    }

    private static String checksum(String confirmedAt, String json) {
        return Sha256.hex(confirmedAt + "\n" + json);
    }

    /** Replaces the copy, unless it has the same definitions, confirmed at nearly the same time. */
    void write(FlagDefinitionCacheData data) {
        if (written != null && written.json().equals(data.json())
                && Duration.between(written.confirmedAt(), data.confirmedAt()).compareTo(CONFIRMATION_INTERVAL) < 0) {
            return;
        }
        try {
            replace(data);
            written = data;
            failures.reset(file);
        } catch (IOException e) {
            if (failures.isFirst(file)) {
                DefinitionsLoadLogger.LOG.warnf(
                        "PostHog account '%s': the copy of the flag definitions in %s could not be written: %s",
                        account, file, e);
            }
        }
    }

    /** Replaces the file atomically, so that readers find the old or the new content, also after a crash. */
    private void replace(FlagDefinitionCacheData data) throws IOException {
        String confirmedAt = data.confirmedAt().toString();
        String header = FORMAT + " " + confirmedAt + " " + checksum(confirmedAt, data.json()) + "\n";
        PrivateFiles.directory(directory());
        // Readable by its owner only, as all temporary files are
        Path next = Files.createTempFile(directory(), file.getFileName().toString(), ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(next)) {
                out.write(header.getBytes(StandardCharsets.UTF_8));
                out.write(data.json().getBytes(StandardCharsets.UTF_8));
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
