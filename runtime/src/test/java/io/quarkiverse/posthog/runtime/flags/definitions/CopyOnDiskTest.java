package io.quarkiverse.posthog.runtime.flags.definitions;

import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.definitions;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flag;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flags;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.notModified;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.ok;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.Held;

/** The copy of definitions that a run leaves for the next one. */
class CopyOnDiskTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    @TempDir
    Path directory;

    @Test
    @Tag("FDL-14")
    void theNextStartUsesItUntilPostHogAnswers() throws IOException {
        Instant confirmed = leaveCopy("beta-ui");
        TestLoader next = loader();
        Held held = new Held();
        next.postHog.answering(held.answer());

        next.started();

        assertThat(next.isReady()).isTrue();
        assertThat(next.isOn("beta-ui")).isTrue();
        assertThat(next.status().origin()).contains(Origin.DISK);
        assertThat(next.status().confirmedAt()).contains(confirmed);
        assertThat(next.postHog.etags()).containsExactly((String) null);
        held.release(ok(flags("fresh")));
        next.background.run();
        assertThat(next.keys()).containsExactly("fresh");
        assertThat(next.status().origin()).contains(Origin.POSTHOG);
        assertThat(next.changes).containsExactly(Set.of("beta-ui"), Set.of("beta-ui", "fresh"));
        assertThat(loader().started().changes).startsWith(Set.of("fresh"));
    }

    @Test
    @Tag("FDL-14")
    void anOutageAtTheStartIsNoReasonToHaveNoDefinitions() throws IOException {
        Instant confirmed = leaveCopy("beta-ui");
        TestLoader next = loader();
        next.postHog.always(status(503));

        next.started();
        next.poll();

        assertThat(next.isOn("beta-ui")).isTrue();
        assertThat(next.status().confirmedAt()).contains(confirmed);
        assertThat(log.warnings()).singleElement().asString().contains("the definitions of " + confirmed + " are used");
    }

    @Test
    @Tag("FDL-14")
    void theSameDefinitionsFromPostHogAreNotParsedAgain() throws IOException {
        leaveCopy("beta-ui");
        TestLoader next = loader();
        next.postHog.always(ok(flags("beta-ui"), "\"1\""));

        next.started();
        next.poll();

        assertThat(next.status().origin()).contains(Origin.POSTHOG);
        assertThat(next.changes).hasSize(1);
        assertThat(next.postHog.etags()).containsExactly(null, "\"1\"");
    }

    @Test
    @Tag("FDL-14")
    void theCopyAndSharedDefinitionsKeepThePropertyMatchingVersion() throws IOException {
        String json = definitions(flag("beta-ui", 100), ",\"property_matching_version\":2");
        ProviderStub provider = new ProviderStub();
        TestLoader follower = TestLoader.with(provider, "flags.definitions.cache-directory", directory.toString());
        provider.reading(new FlagDefinitionCacheData(json, follower.background.now()));
        follower.started();
        assertThat(follower.status().propertyMatchingVersion()).isEqualTo(2);
        TestLoader next = loader();
        next.postHog.always(status(503));

        next.started();

        assertThat(next.status().origin()).contains(Origin.DISK);
        assertThat(next.status().propertyMatchingVersion()).isEqualTo(2);
    }

    @Test
    @Tag("FDL-14")
    void whatOthersSharedIsKeptToo() throws IOException {
        ProviderStub provider = new ProviderStub();
        TestLoader follower = TestLoader.with(provider, "flags.definitions.cache-directory", directory.toString());
        provider.reading(new FlagDefinitionCacheData(flags("beta-ui"), follower.background.now()));
        follower.started();

        assertThat(loader().started().changes).startsWith(Set.of("beta-ui"));
    }

    @Test
    @Tag("FDL-14")
    void onlyItsOwnerCanReadItAndItsNameTellsNothing() throws IOException {
        leaveCopy("beta-ui");

        Path file = file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getFileName().toString()).matches("flag-definitions-[0-9a-f]{32}");
        assertThat(Files.readString(file)).doesNotContain(TestLoader.TOKEN, TestLoader.SECURE_KEY);
    }

    @Test
    @Tag("FDL-18")
    void itsDirectoryIsCreatedForItsOwner() throws IOException {
        Path created = directory.resolve("new/definitions");
        TestLoader loader = TestLoader.of("flags.definitions.cache-directory", created.toString());
        loader.postHog.always(ok(flags("beta-ui")));

        loader.started();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(created)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    @Tag("FDL-18")
    void aDirectoryThatOthersCanWriteToIsNotUsed() throws IOException {
        leaveCopy("beta-ui");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        byte[] copy = Files.readAllBytes(file());
        TestLoader next = loader();
        next.postHog.answering(status(503), ok(flags("fresh")));

        next.started();

        assertThat(next.status().loaded()).isFalse();
        assertThat(log.warnings()).first().asString().contains("is ignored",
                "other users can write to the directory " + directory, "chmod 700 " + directory);
        next.poll();
        assertThat(next.isOn("fresh")).isTrue();
        assertThat(file()).hasBinaryContent(copy);
        assertThat(log.warnings().stream().filter(line -> line.contains("could not be written"))).hasSize(1);
    }

    @Test
    @Tag("FDL-18")
    void aLinkIsNotFollowedAndReplaced() throws IOException {
        leaveCopy("beta-ui");
        Path file = file();
        Path target = Files.move(file, directory.resolveSibling(directory.getFileName() + "-target"));
        Files.createSymbolicLink(file, target);
        TestLoader next = loader();
        next.postHog.answering(status(503), ok(flags("fresh")));

        next.started();

        assertThat(next.status().loaded()).isFalse();
        assertThat(log.warnings()).first().asString().contains("is ignored", "is a symbolic link");
        next.poll();
        assertThat(file).isRegularFile().content().contains("fresh");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(target).content().contains("beta-ui");
        Files.delete(target);
    }

    /** A sparse file of a terabyte takes nothing on the disk, but would be read into memory. */
    @Test
    @Tag("FDL-18")
    void aCopyThatIsTooLargeIsNotRead() throws IOException {
        leaveCopy("beta-ui");
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 1L << 40);
        }
        TestLoader next = loader();
        next.postHog.always(status(503));

        next.started();

        assertThat(next.status().loaded()).isFalse();
        assertThat(log.warnings()).first().asString().contains("is ignored", "1099511627777 bytes");
    }

    @Test
    @Tag("FDL-14")
    void accountsAndProjectsHaveCopiesOfTheirOwn() throws IOException {
        leaveCopy("beta-ui");

        TestLoader other = TestLoader.of("flags.definitions.cache-directory", directory.toString(), "project-api-key",
                "phc_other");
        other.postHog.always(status(503));
        other.started();

        assertThat(other.status().loaded()).isFalse();
        assertThat(log.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "nonsense", "{\"flags\":[]}\n{\"flags\":[]}",
            "posthog-flag-definitions-1 2025-01-01T00:00:00Z 00\n{\"flags\":[]}",
            "posthog-flag-definitions-2 2025-01-01T00:00:00Z 00\n{\"flags\":[]}" })
    @Tag("FDL-14")
    void aDamagedCopyIsIgnoredWithAWarningAndReplaced(String content) throws IOException {
        leaveCopy("beta-ui");
        Files.writeString(file(), content);
        TestLoader next = loader();
        next.postHog.answering(status(503));

        next.started();

        assertThat(next.status().loaded()).isFalse();
        assertThat(log.warnings()).first().asString().contains("PostHog account 'default': the copy",
                file().toString());
        assertThat(log.warnings().stream().filter(line -> line.contains("is ignored"))).hasSize(1);
        next.postHog.always(ok(flags("fresh")));
        next.poll();
        assertThat(loader().started().changes).startsWith(Set.of("fresh"));
    }

    @Test
    @Tag("FDL-14")
    void aSingleChangedCharacterIsNoticed() throws IOException {
        leaveCopy("beta-ui");
        Files.writeString(file(), Files.readString(file()).replace("100", "101"));
        TestLoader next = loader();
        next.postHog.always(status(503));

        next.started();

        assertThat(next.status().loaded()).isFalse();
        assertThat(log.warnings()).first().asString().contains("its checksum is wrong");
    }

    @Test
    @Tag("FDL-14")
    void aCopyThatCanNotBeWrittenIsWarnedOfOnceAndHarmsNothing() throws IOException {
        Path occupied = Files.writeString(directory.resolve("occupied"), "a file");
        TestLoader loader = TestLoader.of("flags.definitions.cache-directory", occupied.toString());
        loader.postHog.answering(ok(flags("a")), ok(flags("b")), ok(flags("c")));

        loader.started();
        loader.poll();
        loader.poll();

        assertThat(loader.isOn("c")).isTrue();
        assertThat(loader.status().lastFailure()).isEmpty();
        assertThat(log.warnings().stream().filter(line -> line.contains("could not be written"))).hasSize(1);
    }

    @Test
    void itIsNotWrittenAgainForEachConfirmation() throws IOException {
        TestLoader loader = loader();
        loader.postHog.always(ok(flags("beta-ui"), "\"1\""));
        loader.started();
        loader.postHog.always(notModified(null));
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file(), longAgo);

        loader.background.advance(Duration.ofMinutes(9));
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(longAgo);
        loader.background.advance(Duration.ofMinutes(2));

        assertThat(Files.getLastModifiedTime(file())).isNotEqualTo(longAgo);
        assertThat(loader().started().status().loaded()).isTrue();
    }

    @Test
    void aWrittenCopyLeavesNoOtherFile() throws IOException {
        leaveCopy("beta-ui");
        leaveCopy("other");

        assertThat(files()).hasSize(1);
    }

    @Test
    void aUsedUpQuotaLeavesTheCopy() throws IOException {
        TestLoader loader = loader();
        loader.postHog.answering(ok(flags("beta-ui")), status(402));
        loader.started();
        loader.poll();

        assertThat(files()).hasSize(1);
    }

    private Instant leaveCopy(String key) {
        TestLoader loader = loader();
        loader.postHog.always(ok(flags(key)));
        return loader.started().status().confirmedAt().orElseThrow();
    }

    private TestLoader loader() {
        return TestLoader.of("flags.definitions.cache-directory", directory.toString());
    }

    private Path file() throws IOException {
        return files().get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
