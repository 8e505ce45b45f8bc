package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.resources.EventPaginator.Request;
import io.quarkiverse.posthog.runtime.resources.PostHogEventsModel.Ties;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

class EventPaginatorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final List<Duration> WINDOWS = List.of(Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofHours(2),
            Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(366), Duration.ofDays(3 * 365));
    private static final int[] SIZES = { 0, 1, 2, 7, 60, 400, 1500, 5000 };

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void deliversEveryEventOnceAndInOrder(int seed) {
        Random random = new Random(seed);
        int size = SIZES[random.nextInt(SIZES.length)];
        // Small pages only with few events: thousands of requests show nothing that dozens do not
        int pageSize = 2 + random.nextInt(size > 400 ? 999 : Math.max(1, Math.min(999, size + 3)));
        if (size > 400) {
            pageSize = Math.max(pageSize, 40);
        }
        Duration window = WINDOWS.get(random.nextInt(WINDOWS.size()));
        boolean ascending = random.nextBoolean();
        // PostHog's order of equal timestamps; with small pages, only a stable one settles in a reasonable number of requests
        Ties ties = random.nextBoolean() ? Ties.SHUFFLED : Ties.STABLE;
        PostHogEventsModel model = new PostHogEventsModel(random, ties);
        Instant after = NOW.minus(window);
        fill(model, random, size, window);
        if (random.nextInt(3) == 0) {
            model.betweenRequests(it -> it.add(somewhere(random, window)));
        }
        List<Event> expected = model.between(after, NOW, ascending);

        List<Event> walked = walk(model, new Request(after, NOW, ascending, pageSize, 0));

        Set<UUID> ids = new HashSet<>();
        assertThat(walked).allSatisfy(event -> assertThat(ids.add(event.id())).as("delivered once").isTrue());
        assertThat(ids).containsAll(expected.stream().map(Event::id).toList());
        Comparator<Event> order = Comparator.comparing(Event::timestamp);
        assertThat(walked).isSortedAccordingTo(ascending ? order : order.reversed());
        int years = (int) (window.toDays() / 365) + 1;
        int passes = ties == Ties.STABLE ? 3 : 25;
        // Newest first, a page may be half full, and an empty one ends it
        assertThat(model.requests()).isLessThanOrEqualTo(2 * years + 2 + passes * (2 * walked.size() / pageSize + 1));
    }

    /** Few timestamps or many, one that thousands share, or events in bursts; always some at the very edges. */
    private static void fill(PostHogEventsModel model, Random random, int size, Duration window) {
        int kind = random.nextInt(4);
        Instant crowded = somewhere(random, window);
        List<Instant> few = IntStream.range(0, 1 + random.nextInt(20)).mapToObj(i -> somewhere(random, window)).toList();
        for (int i = 0; i < size; i++) {
            model.add(switch (kind) {
                case 0 -> somewhere(random, window);
                case 1 -> few.get(random.nextInt(few.size()));
                case 2 -> random.nextInt(10) == 0 ? somewhere(random, window) : crowded;
                default -> crowded.plus(random.nextInt(50), ChronoUnit.MICROS);
            });
        }
        if (size > 10) {
            model.add(NOW);
            model.add(NOW.minus(window));
            model.add(NOW.minus(EventPaginator.TICK));
            model.add(NOW.minus(window).plus(EventPaginator.TICK));
        }
    }

    private static Instant somewhere(Random random, Duration window) {
        long micros = window.toNanos() / 1000 - 1;
        return NOW.minus(1 + (long) (random.nextDouble() * micros), ChronoUnit.MICROS);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void readsThousandsOfEventsWithOneTimestampInAnUnstableOrder(boolean ascending) {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.SHUFFLED);
        Instant crowded = NOW.minusSeconds(30);
        for (int i = 0; i < 4000; i++) {
            model.add(crowded);
        }
        model.add(crowded.plusSeconds(1));
        model.add(crowded.minusSeconds(1));

        List<Event> walked = walk(model, new Request(NOW.minusSeconds(60), NOW, ascending, 500, 0));

        assertThat(walked).extracting(Event::id).doesNotHaveDuplicates().hasSize(4002);
    }

    @Test
    void refusesMoreEventsWithOneTimestampThanTheOffsetReaches() {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);
        for (int i = 0; i < 51_500; i++) {
            model.add(NOW.minusSeconds(1));
        }

        AssertSubscriber<Event> walked = start(model::fetch, new Request(NOW.minusSeconds(5), NOW, true, 1000, 0));

        walked.awaitFailure().assertFailedWith(PostHogResponseException.class,
                "more than 50000 events share the timestamp 2026-11-20T09:59:59.123456Z");
        assertThat(model.requests()).isLessThan(60);
    }

    @Test
    void readsFiftyThousandEventsWithOneTimestamp() {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);
        for (int i = 0; i < 50_000; i++) {
            model.add(NOW.minusSeconds(1));
        }

        assertThat(walk(model, new Request(NOW.minusSeconds(5), NOW, true, 1000, 0))).hasSize(50_000);
    }

    /** One of the events is never returned, another one twice instead: a loss that must not go unnoticed. */
    @Test
    void refusesAnOrderThatNeverSettles() {
        List<Event> events = IntStream.range(0, 5).mapToObj(i -> event(NOW.minusSeconds(1))).toList();
        AtomicInteger requests = new AtomicInteger();
        Function<Request, Uni<PageResponse<Event>>> fetch = request -> {
            requests.incrementAndGet();
            List<Event> rows = switch (request.offset()) {
                case 0 -> events.subList(0, 2);
                case 2 -> events.subList(1, 3);
                default -> events.subList(3, 4);
            };
            return Uni.createFrom().item(new PageResponse<>(null, rows.size() == 2 ? "/?after=x" : null, rows));
        };

        start(fetch, new Request(NOW.minusSeconds(5), NOW, true, 2, 0)).awaitFailure()
                .assertFailedWith(PostHogResponseException.class, "in an order that changes from page to page");
        assertThat(requests).hasValueLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 1000 })
    void asksNothingForAWindowThatHoldsNothing(int secondsTooMany) {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);
        model.add(NOW);

        assertThat(walk(model, new Request(NOW.plusSeconds(secondsTooMany), NOW, true, 10, 0))).isEmpty();
        assertThat(model.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void asksOnceForAWindowWithoutEvents(boolean ascending) {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);

        assertThat(walk(model, new Request(NOW.minusSeconds(86_400), NOW, ascending, 10, 0))).isEmpty();
        assertThat(model.requests()).isEqualTo(1);
    }

    @Test
    void followsTheLinkOfAnEmptyPage() {
        Event old = event(NOW.minusSeconds(3000));
        List<Request> requests = new ArrayList<>();

        AssertSubscriber<Event> walked = start(request -> {
            requests.add(request);
            return Uni.createFrom().item(requests.size() == 1
                    ? new PageResponse<>(null, "https://h/api/?before=2026-11-20T09%3A30%3A00%2B00%3A00", List.<Event> of())
                    : new PageResponse<>(null, null, requests.size() == 2 ? List.of(old) : List.<Event> of()));
        }, new Request(NOW.minusSeconds(86_400), NOW, false, 10, 0));

        walked.awaitCompletion().assertItems(old);
        assertThat(requests.get(1).before()).isEqualTo(Instant.parse("2026-11-20T09:30:00Z").plus(EventPaginator.TICK));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://h/?limit=10", "https://h/", "nothing at all", "https://h/?before=yesterday",
            "https://h/?before=2027-11-20T09%3A30%3A00%2B00%3A00" })
    void refusesAnEmptyPageWhoseLinkLeadsNowhere(String link) {
        start(request -> Uni.createFrom().item(new PageResponse<>(null, link, List.<Event> of())),
                new Request(NOW.minusSeconds(86_400), NOW, false, 10, 0))
                .awaitFailure().assertFailedWith(PostHogResponseException.class, "an empty page of events has a link");
    }

    @Test
    void refusesEventsWithoutTimestamp() {
        start(request -> Uni.createFrom().item(new PageResponse<>(null, null, List.of(event(null)))),
                new Request(NOW.minusSeconds(86_400), NOW, false, 10, 0))
                .awaitFailure().assertFailedWith(PostHogResponseException.class, "one without id or timestamp");
    }

    @Test
    void walksForEachSubscriberOnItsOwn() {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);
        for (int i = 0; i < 25; i++) {
            model.add(NOW.minusSeconds(i + 1));
        }
        Multi<Event> events = EventPaginator.of(new Request(NOW.minusSeconds(60), NOW, true, 10, 0), model::fetch,
                EventPaginatorTest::invalidResponse);

        AssertSubscriber<Event> first = events.subscribe().withSubscriber(AssertSubscriber.create(12));
        AssertSubscriber<Event> second = events.subscribe().withSubscriber(AssertSubscriber.create(30));
        second.awaitCompletion();
        first.request(30).awaitCompletion();

        assertThat(first.getItems()).hasSize(25).isEqualTo(second.getItems());
    }

    @Test
    void asksForNothingThatIsNotWanted() {
        PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE);
        for (int i = 0; i < 50; i++) {
            model.add(NOW.minusSeconds(i + 1));
        }
        AssertSubscriber<Event> walked = EventPaginator.of(new Request(NOW.minusSeconds(60), NOW, true, 10, 0), model::fetch,
                EventPaginatorTest::invalidResponse).subscribe().withSubscriber(AssertSubscriber.create(0));

        assertThat(model.requests()).isZero();
        walked.request(3).awaitItems(3);
        assertThat(model.requests()).isEqualTo(1);
        walked.request(7).awaitItems(10);
        assertThat(model.requests()).isEqualTo(1);
        walked.request(1).awaitItems(11);
        assertThat(model.requests()).isEqualTo(2);
        walked.cancel();
        walked.request(30);
        assertThat(model.requests()).isEqualTo(2);
        walked.assertNotTerminated();
    }

    @Test
    void cancelsTheRequestInFlight() {
        AtomicBoolean cancelled = new AtomicBoolean();
        AssertSubscriber<Event> walked = start(request -> Uni.createFrom().<PageResponse<Event>> nothing()
                .onCancellation().invoke(() -> cancelled.set(true)), new Request(NOW.minusSeconds(60), NOW, true, 10, 0));

        walked.cancel();

        assertThat(cancelled).isTrue();
    }

    private static Event event(Instant timestamp) {
        return new Event(UUID.randomUUID(), "event", "user", timestamp, Map.of(), null, List.of(), "", Map.of());
    }

    private static List<Event> walk(PostHogEventsModel model, Request window) {
        return start(model::fetch, window).awaitCompletion(Duration.ofSeconds(60)).getItems();
    }

    private static AssertSubscriber<Event> start(Function<Request, Uni<PageResponse<Event>>> fetch, Request window) {
        return EventPaginator.of(window, fetch, EventPaginatorTest::invalidResponse)
                .subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static PostHogResponseException invalidResponse(String problem) {
        return new PostHogResponseException("default", "events.list", problem, null);
    }
}
