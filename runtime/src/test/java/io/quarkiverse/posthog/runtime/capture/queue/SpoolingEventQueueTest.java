package io.quarkiverse.posthog.runtime.capture.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.smallrye.mutiny.Uni;

class SpoolingEventQueueTest {

    @TempDir
    Path directory;

    private final List<String> lost = new ArrayList<>();
    private final List<SpoolingEventQueue> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(SpoolingEventQueue::close);
    }

    @Test
    @Tag("SPL-1")
    void whatIsNotDoneComesAgainAfterARestart() throws IOException {
        SpoolingEventQueue queue = queue();
        offer(queue, 0, 5);
        List<QueuedEvent> first = take(queue, 2);
        queue.acknowledge(first.get(1).sequence());
        take(queue, 1);
        restart(queue);

        SpoolingEventQueue restarted = queue();

        assertThat(restarted.size()).isEqualTo(3);
        assertThat(names(take(restarted, 10))).containsExactly("event 2", "event 3", "event 4");
    }

    @Test
    @Tag("SPL-1")
    void anEventComesBackAsItWas() throws IOException {
        SpoolingEventQueue queue = queue();
        CaptureEvent event = CaptureEvent.of("order placed", "zoey").timestamp(Instant.parse("2026-11-20T10:00:00.123456789Z"))
                .uuid(UUID.randomUUID()).property("amount", new BigDecimal("49.90")).property("count", 3)
                .property("none", null).property("items", List.of(Map.of("sku", "ä\u0001\"")));
        queue.offer(new QueuedEvent(event, 1));
        restart(queue);

        assertThat(take(queue(), 1)).extracting(QueuedEvent::event).containsExactly(event);
    }

    @Test
    @Tag("SPL-4")
    void moreThanFitsIntoMemoryWaitsOnDiskInOrder() throws IOException {
        SpoolingEventQueue queue = queue("queue.max-events", "3");
        offer(queue, 0, 10);

        assertThat(queue.size()).isEqualTo(10);
        assertThat(names(take(queue, 2))).containsExactly("event 0", "event 1");
        offer(queue, 10, 12);
        assertThat(names(take(queue, 100))).containsExactlyElementsOf(
                IntStream.range(2, 12).mapToObj(i -> "event " + i).toList());
        assertThat(queue.size()).isZero();
        assertThat(lost).isEmpty();
    }

    @Test
    void whatIsPutBackComesFirstAgain() throws IOException {
        SpoolingEventQueue queue = queue("queue.max-events", "3");
        offer(queue, 0, 6);
        List<QueuedEvent> taken = take(queue, 3);
        queue.putBack(taken.subList(1, 3));

        assertThat(names(take(queue, 10))).containsExactly("event 1", "event 2", "event 3", "event 4", "event 5");
    }

    @Test
    @Tag("SPL-4")
    void aFullDiskDropsTheOldestThatAreNotInMemory() throws IOException {
        SpoolingEventQueue queue = queue("queue.max-events", "1", "spool.max-size", "4K");
        offer(queue, 0, 100);

        List<String> names = new ArrayList<>();
        for (List<QueuedEvent> taken = take(queue, 10); !taken.isEmpty(); taken = take(queue, 10)) {
            names.addAll(names(taken));
        }
        assertThat(names).startsWith("event 0").endsWith("event 98", "event 99").hasSizeLessThan(60);
        assertThat(lost.stream().mapToInt(text -> Integer.parseInt(text.split(" ")[0])).sum()).isEqualTo(100 - names.size());
        assertThat(lost).allMatch(text -> text.endsWith("QUEUE_FULL"));
    }

    @Test
    void aFullDiskMayRefuseTheNewest() throws IOException {
        SpoolingEventQueue queue = queue("queue.overflow", "reject", "spool.max-size", "4K");
        List<DropReason> refusals = Stream.iterate(0, i -> i + 1).limit(100).map(i -> offer(queue, event(i))).toList();

        assertThat(refusals).startsWith(null, null).endsWith(DropReason.QUEUE_FULL);
        assertThat(queue.size()).isEqualTo(refusals.stream().filter(refusal -> refusal == null).count());
        assertThat(lost).isEmpty();
    }

    @Test
    @Tag("SPL-4")
    void whatIsTooOldIsDropped() throws IOException {
        SpoolingEventQueue queue = queue("spool.max-age", "1s");
        offer(queue, 0, 3);
        restart(queue);
        Instant later = Instant.now().plusSeconds(3);
        while (Instant.now().isBefore(later)) {
            Thread.onSpinWait();
        }

        SpoolingEventQueue restarted = queue("spool.max-age", "1s");

        assertThat(take(restarted, 10)).isEmpty();
        assertThat(lost).containsExactly("3 EXPIRED");
    }

    @Test
    void withoutItsDirectoryEventsAreKeptInMemoryUnlessThatWasNotTheDeal() throws IOException {
        SpoolingEventQueue queue = queue();
        queue.close();
        assertThat(offer(queue, event(0))).isNull();
        assertThat(names(take(queue, 10))).containsExactly("event 0");

        SpoolingEventQueue always = queue("spool.fsync", "always");
        always.close();
        assertThat(offer(always, event(0))).isEqualTo(DropReason.SPOOL_FAILED);
    }

    @Test
    void twoDoNotShareADirectory() throws IOException {
        queue();

        assertThatThrownBy(this::queue).isInstanceOf(IOException.class).hasMessageContaining(directory.toString());
    }

    @Test
    void accountsHaveDirectoriesOfTheirOwnWhateverTheirNames() {
        Path spool = Path.of("spool");

        assertThat(List.of("a/b", "..", "*", "ä b", "work")).extracting(name -> SpoolFactory.of(spool, name, "ai"))
                .allMatch(path -> path.getNameCount() == 3 && path.normalize().equals(path)).doesNotHaveDuplicates();
    }

    @Test
    @Tag("SPL-7")
    void directoriesOfAccountsAreForTheirOwner() throws IOException {
        Path configured = directory.resolve("spool");

        Path batcher = SpoolFactory.create(configured, "shop", "ai");

        assertThat(batcher).isEqualTo(configured.resolve("shop").resolve("ai"));
        for (Path created : List.of(configured, configured.resolve("shop"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created))).isEqualTo("rwx------");
        }
    }

    @Test
    @Tag("SPL-7")
    void aDirectoryInWhichOthersCanReplaceThoseOfAccountsIsRejected() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> SpoolFactory.create(directory, "shop", "ai")).isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 700 " + directory);
        assertThat(directory.resolve("shop")).doesNotExist();
    }

    @Test
    @Tag("SPL-7")
    void aLinkInsteadOfTheDirectoryOfAnAccountIsNotFollowed() throws IOException {
        Path target = Files.createDirectory(directory.resolve("target"));
        Files.createSymbolicLink(directory.resolve("shop"), target);

        assertThatThrownBy(() -> SpoolFactory.create(directory, "shop", "ai")).isInstanceOf(IOException.class)
                .hasMessageContaining("is a symbolic link");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftOnDiskWhenAllIsDone() throws IOException {
        SpoolingEventQueue queue = queue();
        offer(queue, 0, 1000);
        List<QueuedEvent> all = take(queue, 1000);
        queue.acknowledge(all.get(999).sequence());
        restart(queue);

        assertThat(queue().size()).isZero();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()).isLessThan(200_000);
        }
    }

    private void restart(SpoolingEventQueue queue) {
        queue.drain();
        queue.close();
    }

    private SpoolingEventQueue queue(String... settings) throws IOException {
        String[] properties = new String[settings.length];
        for (int i = 0; i < settings.length; i++) {
            properties[i] = i % 2 == 0 ? "capture." + settings[i] : settings[i];
        }
        CaptureConfig config = TestAccounts.account(properties).config().capture();
        SpoolingEventQueue queue = new SpoolingEventQueue(directory, config.spool(), config.queue(),
                new SpooledEventCodec(TestAccounts.mapper()), new AtOnce(), new CaptureLogger("default", new AtOnce()));
        open.add(queue);
        return queue;
    }

    private DropReason offer(SpoolingEventQueue queue, QueuedEvent event) {
        OfferResult result = queue.offer(event);
        assertThat(result.evicted()).isEmpty();
        note(result.lost(), DropReason.QUEUE_FULL);
        return result.rejection();
    }

    private List<QueuedEvent> take(SpoolingEventQueue queue, int max) {
        TakeResult result = queue.take(max);
        note(result.damaged(), DropReason.SPOOL_FAILED);
        note(result.expired(), DropReason.EXPIRED);
        return result.events();
    }

    private void note(long count, DropReason reason) {
        if (count > 0) {
            lost.add(count + " " + reason);
        }
    }

    private void offer(SpoolingEventQueue queue, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(offer(queue, event(i))).isNull();
        }
    }

    private static QueuedEvent event(int i) {
        return new QueuedEvent(CaptureEvent.of("event " + i, "zoey").timestamp(Instant.EPOCH).uuid(new UUID(7, i)), 100);
    }

    private static List<String> names(List<QueuedEvent> events) {
        return events.stream().map(event -> event.event().event()).toList();
    }

    /** No other thread. */
    private static final class AtOnce implements AccountExecutor {

        @Override
        public void work(Runnable task) {
            task.run();
        }

        @Override
        public void send(Runnable task) {
            task.run();
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            return () -> {
            };
        }

        @Override
        public Uni<Void> pause(Duration delay) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Duration elapsed() {
            return Duration.ZERO;
        }
    }
}
