package io.quarkiverse.posthog.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFilesTest {

    @TempDir
    Path temp;

    private interface Use {
        void of(Path path) throws IOException;
    }

    private static final List<Use> DIRECTORIES = List.of(PrivateFiles::directory, PrivateFiles::parent,
            PrivateFiles::subdirectory);

    @Test
    void directoriesAreCreatedForTheirOwner() throws IOException {
        for (Use use : DIRECTORIES) {
            Path directory = temp.resolve("a" + DIRECTORIES.indexOf(use)).resolve("b");

            use.of(directory);
            use.of(directory);

            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(permissions(directory.getParent())).isEqualTo("rwx------");
            assertThat(list(directory)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rwxrwxrwx", "rwxrwxr-x", "rwx-w----", "rwx----w-", "rwx-wx-wx" })
    void directoriesThatOtherUsersCanWriteToAreRejected(String permissions) throws IOException {
        Path directory = directory("shared", permissions);

        for (Use use : DIRECTORIES) {
            assertThatThrownBy(() -> use.of(directory)).isInstanceOf(IOException.class)
                    .hasMessageContaining("other users can write to the directory " + directory)
                    .hasMessageContaining("run 'chmod 700 " + directory + "'");
        }
        assertThat(list(directory)).isEmpty();
        assertThat(permissions(directory)).isEqualTo(permissions);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rwx------", "rwxr-xr-x", "rwxr-x---", "rwx---r-x" })
    void directoriesThatOtherUsersCanReadAreUsed(String permissions) throws IOException {
        for (Use use : DIRECTORIES) {
            Path directory = directory("read" + DIRECTORIES.indexOf(use), permissions);

            use.of(directory);

            assertThat(list(directory)).isEmpty();
        }
        assertThat(permissions(temp.resolve("read0"))).as("of the user").isEqualTo(permissions);
        assertThat(permissions(temp.resolve("read2"))).as("of the extension").isEqualTo("rwx------");
    }

    /** As /tmp is. */
    @Test
    void aParentMayHaveDirectoriesOfOtherUsers() throws Exception {
        Path directory = directory("sticky", "rwxrwxrwx");
        Files.setAttribute(directory, "unix:mode", 01777);

        PrivateFiles.parent(directory);

        assertThatThrownBy(() -> PrivateFiles.directory(directory)).hasMessageContaining("chmod 700");
        assertThatThrownBy(() -> PrivateFiles.subdirectory(directory)).hasMessageContaining("chmod 700");
    }

    @Test
    void aConfiguredDirectoryMayBeALinkAndOthersMayNot() throws IOException {
        Path target = directory("target", "rwx------");
        Path link = Files.createSymbolicLink(temp.resolve("link"), target);

        PrivateFiles.directory(link);
        PrivateFiles.parent(link);

        assertThatThrownBy(() -> PrivateFiles.subdirectory(link)).isInstanceOf(IOException.class)
                .hasMessage(link + " is a symbolic link, which is not followed; remove it");
        assertThat(list(target)).isEmpty();
    }

    @Test
    void whatALinkLeadsToIsChecked() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), directory("target", "rwxrwxrwx"));

        assertThatThrownBy(() -> PrivateFiles.directory(link)).hasMessageContaining("chmod 700");
    }

    @Test
    void filesAreCreatedForTheirOwner() throws IOException {
        Path file = temp.resolve("file");

        PrivateFiles.create(file);

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({ "rw-r--r--, rw-------", "rw-rw-rw-, rw-------", "r--r--r--, r--------", "rw-------, rw-------" })
    void existingFilesAreKept(String before, String after) throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(before));

        PrivateFiles.create(file);

        assertThat(file).hasContent("content");
        assertThat(permissions(file)).isEqualTo(after);
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
            assertThat(channel.size()).isEqualTo(7);
        }
    }

    @Test
    void linksToFilesAreNotFollowed() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), "content");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));

        for (Path leadsTo : List.of(target, temp.resolve("missing"), temp)) {
            Path link = Files.createSymbolicLink(temp.resolve("link"), leadsTo);
            for (Use use : List.<Use> of(PrivateFiles::create, file -> PrivateFiles.open(file, StandardOpenOption.READ),
                    file -> PrivateFiles.open(file, StandardOpenOption.WRITE))) {
                assertThatThrownBy(() -> use.of(link)).isInstanceOf(IOException.class)
                        .hasMessage(link + " is a symbolic link, which is not followed; remove it");
            }
            assertThat(PrivateFiles.isRegular(link)).isFalse();
            Files.delete(link);
        }
        assertThat(permissions(target)).isEqualTo("rw-r--r--");
        assertThat(temp.resolve("missing")).doesNotExist();
    }

    @Test
    void directoriesAreNoFiles() throws IOException {
        Path directory = directory("directory", "rwx------");

        assertThatThrownBy(() -> PrivateFiles.create(directory)).hasMessage(directory + " is not a regular file");
        assertThatThrownBy(() -> PrivateFiles.open(directory, StandardOpenOption.READ))
                .hasMessage(directory + " is not a regular file");
    }

    private Path directory(String name, String permissions) throws IOException {
        return Files.setPosixFilePermissions(Files.createDirectory(temp.resolve(name)),
                PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
