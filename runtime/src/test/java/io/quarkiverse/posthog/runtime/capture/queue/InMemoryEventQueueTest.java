package io.quarkiverse.posthog.runtime.capture.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;

class InMemoryEventQueueTest {

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** Against a list that is as simple as can be. */
    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("QUE-1")
    @Tag("QUE-2")
    @Tag("CAP-10")
    @Tag("CAP-11")
    void holdsAsManyAsItMayInTheirOrder(int seed) {
        Random random = new Random(seed);
        Overflow overflow = Overflow.values()[seed % 3];
        int maxEvents = 1 + random.nextInt(10);
        int maxBytes = 100 + random.nextInt(1000);
        InMemoryEventQueue queue = new InMemoryEventQueue(maxEvents, maxBytes, overflow);
        Deque<QueuedEvent> model = new ArrayDeque<>();
        int accepted = 0;
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(4) > 0) {
                QueuedEvent event = event(random.nextInt(maxBytes + 50));
                List<QueuedEvent> gone = new ArrayList<>();
                boolean full = isFull(model, event, maxEvents, maxBytes);
                boolean hopeless = overflow == Overflow.DROP_OLDEST && event.size() > maxBytes && !model.isEmpty();
                while (overflow == Overflow.DROP_OLDEST && !hopeless && isFull(model, event, maxEvents, maxBytes)) {
                    gone.add(model.pollFirst());
                }
                boolean refused = full && overflow != Overflow.DROP_OLDEST;
                OfferResult result = queue.offer(event);

                assertThat(result.rejection())
                        .isEqualTo(hopeless ? DropReason.TOO_LARGE : refused ? DropReason.QUEUE_FULL : null);
                assertThat(result.evicted()).isEqualTo(gone);
                assertThat(result.lost()).isZero();
                if (!refused && !hopeless) {
                    model.addLast(event);
                    accepted++;
                }
            } else {
                int most = 1 + random.nextInt(5);
                List<QueuedEvent> expected = new ArrayList<>();
                while (expected.size() < most && !model.isEmpty()) {
                    expected.add(model.pollFirst());
                }
                List<QueuedEvent> taken = queue.take(most).events();

                assertThat(taken).isEqualTo(expected);
                if (taken.size() > 1 && random.nextBoolean()) {
                    queue.putBack(taken.subList(1, taken.size()));
                    for (int back = taken.size() - 1; back > 0; back--) {
                        model.addFirst(taken.get(back));
                    }
                }
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.bytes()).isEqualTo(model.stream().mapToLong(QueuedEvent::size).sum());
            assertThat(queue.offered()).isEqualTo(accepted);
            assertThat(queue.taken()).isEqualTo(accepted - model.size());
        }
        assertThat(queue.drain()).isEqualTo(new ArrayList<>(model));
    }

    @Test
    @Tag("SHD-6")
    void takesNothingAfterItWasDrained() {
        InMemoryEventQueue queue = new InMemoryEventQueue(10, 1000, Overflow.DROP_OLDEST);
        queue.offer(event(10));

        assertThat(queue.drain()).hasSize(1);
        assertThat(queue.offer(event(10)).rejection()).isEqualTo(DropReason.CLOSED);
        assertThat(queue.size()).isZero();
    }

    @Test
    @Tag("QUE-1")
    void anEventThatIsLargerThanTheQueueIsTakenWhenThereIsNoOther() {
        InMemoryEventQueue queue = new InMemoryEventQueue(10, 1000, Overflow.REJECT);

        assertThat(queue.offer(event(5000)).rejection()).isNull();
        assertThat(queue.offer(event(1)).rejection()).isEqualTo(DropReason.QUEUE_FULL);
    }

    private static boolean isFull(Deque<QueuedEvent> model, QueuedEvent event, int maxEvents, int maxBytes) {
        int bytes = model.stream().mapToInt(QueuedEvent::size).sum();
        return !model.isEmpty() && (model.size() >= maxEvents || bytes + event.size() > maxBytes);
    }

    private static QueuedEvent event(int size) {
        return new QueuedEvent(CaptureEvent.of("viewed", "zoey").uuid(UUID.randomUUID()), size);
    }
}
