package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.resources.EventPaginator.Request;
import io.quarkiverse.posthog.runtime.resources.PostHogEventsModel.Ties;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** PostHog returns other timestamps than those that it compares windows with. */
class ShiftedTimestampsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final List<String> SHIFTS = List.of("PT1M", "PT15M", "PT1H", "PT5H45M", "PT9H", "PT14H");
    private static final List<Duration> WINDOWS = List.of(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(60),
            Duration.ofDays(1000));

    static Stream<Object[]> shifts() {
        return SHIFTS.stream().map(Duration::parse).flatMap(shift -> Stream.of(shift, shift.negated()))
                .flatMap(shift -> Stream.of(true, false).map(ascending -> new Object[] { shift, ascending }));
    }

    /** 3,000 events in a day, so that a shift is shorter than a page or longer than many of them. */
    @ParameterizedTest
    @MethodSource("shifts")
    @Tag("RDG-1")
    void failInsteadOfSkippingOrRepeatingEvents(Duration shift, boolean ascending) {
        for (int pageSize : new int[] { 10, 100, 1000 }) {
            PostHogEventsModel model = model(1, shift);
            for (int i = 0; i < 3000; i++) {
                model.add(NOW.minusSeconds(60 + i * 28L));
            }

            AssertSubscriber<Event> walked = walk(model, Duration.ofDays(1), ascending, pageSize);

            walked.awaitFailure().assertFailedWith(PostHogResponseException.class, "time zone of the PostHog project");
            assertThat(walked.getFailure()).hasMessageMatching(
                    ".* event [-0-9a-f]{36} with the timestamp 2026-[-0-9T:.]+Z, .* requested window \\(after 2026-.*Z and "
                            + "before 2026-.*Z\\).*");
            assertThat(walked.getItems()).extracting(Event::id).doesNotHaveDuplicates();
            assertThat(model.requests()).isLessThan(2 * 3000 / pageSize + 5);
        }
    }

    static Stream<Object[]> seeds() {
        return Stream.iterate(0, seed -> seed + 1).limit(400).map(seed -> new Object[] { seed });
    }

    /** Where nothing is wrong with the shift, because there are too few events for that, all of them are delivered. */
    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("RDG-1")
    void failUnlessEveryEventIsDeliveredOnce(int seed) {
        Random random = new Random(seed);
        Duration shift = Duration.parse(SHIFTS.get(random.nextInt(SHIFTS.size())));
        PostHogEventsModel model = model(seed, random.nextBoolean() ? shift : shift.negated());
        Duration window = WINDOWS.get(random.nextInt(WINDOWS.size()));
        boolean ascending = random.nextBoolean();
        fill(model, random, window);
        List<Event> expected = model.between(NOW.minus(window), NOW, ascending);
        int pageSize = 2 + random.nextInt(60);

        AssertSubscriber<Event> walked = walk(model, window, ascending, pageSize);

        assertThat(walked.getItems()).extracting(Event::id).doesNotHaveDuplicates();
        if (walked.getFailure() == null) {
            walked.assertCompleted();
            assertThat(walked.getItems()).extracting(Event::id).containsExactlyElementsOf(
                    expected.stream().map(Event::id).toList());
        } else {
            walked.assertFailedWith(PostHogResponseException.class, "time zone of the PostHog project");
        }
        assertThat(model.requests()).isLessThan(3 * expected.size() / (pageSize / 2) + 20);
    }

    private static void fill(PostHogEventsModel model, Random random, Duration window) {
        int size = random.nextInt(400);
        int kind = random.nextInt(4);
        Instant crowded = somewhere(random, window);
        for (int i = 0; i < size; i++) {
            model.add(switch (kind) {
                case 0 -> somewhere(random, window);
                case 1 -> random.nextBoolean() ? somewhere(random, window) : crowded;
                case 2 -> crowded.minus(random.nextInt(1000), ChronoUnit.SECONDS);
                // The oldest or newest hours are without events
                default -> somewhere(random, window.dividedBy(3)).minus(window.dividedBy(3));
            });
        }
    }

    /** A winter without a shift does not hide the summer. */
    @ParameterizedTest
    @CsvSource({ "Europe/London,2026-03-29T01:00:00Z,true", "Europe/London,2026-03-29T01:00:00Z,false",
            "Europe/London,2026-10-25T01:00:00Z,true", "Europe/London,2026-10-25T01:00:00Z,false",
            "Atlantic/Azores,2026-03-29T01:00:00Z,true", "Atlantic/Azores,2026-03-29T01:00:00Z,false",
            "Atlantic/Azores,2026-10-25T01:00:00Z,true", "Atlantic/Azores,2026-10-25T01:00:00Z,false" })
    @Tag("RDG-1")
    void failWhereDaylightSavingChangesToo(String zone, Instant change, boolean ascending) {
        for (int pageSize = 10; pageSize < 60; pageSize += 7) {
            PostHogEventsModel model = new PostHogEventsModel(new Random(1), Ties.STABLE)
                    .showing(local(ZoneId.of(zone)));
            for (int i = -300; i < 300; i++) {
                model.add(change.plusSeconds(i * 100L));
            }

            EventPaginator.of(new Request(change.minusSeconds(86_400), change.plusSeconds(86_400), ascending, pageSize, 0),
                    model::fetch, ShiftedTimestampsTest::invalidResponse).subscribe()
                    .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                    .assertFailedWith(PostHogResponseException.class, "time zone of the PostHog project");
        }
    }

    private static UnaryOperator<Instant> local(ZoneId zone) {
        return instant -> instant.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @MethodSource("shifts")
    @Tag("RDG-1")
    void failForEventsThatShareATimestamp(Duration shift, boolean ascending) {
        PostHogEventsModel model = model(1, shift);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 30; j++) {
                model.add(NOW.minus(Duration.ofHours(20 + i)));
            }
        }

        walk(model, Duration.ofDays(3), ascending, 20)
                .assertFailedWith(PostHogResponseException.class, "time zone of the PostHog project");
    }

    /** Timestamps that are truncated are no reason to fail. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void doNotIncludeTruncatedOnes(boolean ascending) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            PostHogEventsModel model = new PostHogEventsModel(random, Ties.STABLE)
                    .showing(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
            Duration window = Duration.ofSeconds(30);
            for (int i = 0; i < 500; i++) {
                model.add(somewhere(random, window));
            }
            model.add(NOW.minus(EventPaginator.TICK));
            model.add(NOW.minus(window).plus(EventPaginator.TICK));

            assertThat(walk(model, window, ascending, 5 + random.nextInt(80)).assertCompleted().getItems())
                    .extracting(Event::id).doesNotHaveDuplicates().hasSize(502);
        }
    }

    /** Neither are bounds that are truncated. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void doNotIncludeTruncatedBounds(boolean ascending) {
        Random random = new Random(1);
        PostHogEventsModel model = new PostHogEventsModel(random, Ties.STABLE);
        for (int i = 0; i < 300; i++) {
            model.add(somewhere(random, Duration.ofSeconds(300)).truncatedTo(ChronoUnit.MILLIS));
        }
        List<UUID> expected = model.between(NOW.minusSeconds(300), NOW, ascending).stream().map(Event::id).toList();

        AssertSubscriber<Event> walked = EventPaginator.of(new Request(NOW.minusSeconds(300), NOW, ascending, 20, 0),
                request -> model.fetch(new Request(request.after().truncatedTo(ChronoUnit.MILLIS),
                        request.before().plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS), request.ascending(),
                        request.limit(), request.offset())),
                ShiftedTimestampsTest::invalidResponse).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        assertThat(walked.assertCompleted().getItems()).extracting(Event::id).containsExactlyElementsOf(expected);
    }

    /** The last event of a page may be deleted before the next page is read. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void areToldFromDeletedEvents(boolean ascending) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            PostHogEventsModel model = new PostHogEventsModel(random, Ties.STABLE);
            for (int i = 0; i < 200; i++) {
                model.add(somewhere(random, Duration.ofHours(20)));
            }
            Set<UUID> deleted = new HashSet<>();
            List<Event> walked = new ArrayList<>();
            model.betweenRequests(it -> {
                if (walked.size() >= 20 && deleted.size() < 4) {
                    UUID last = walked.get(walked.size() - 1).id();
                    deleted.add(last);
                    it.removeIf(event -> event.id().equals(last));
                }
            });

            AssertSubscriber<Event> subscriber = EventPaginator.of(
                    new Request(NOW.minus(Duration.ofHours(24)), NOW, ascending, 20, 0), model::fetch,
                    ShiftedTimestampsTest::invalidResponse).invoke(walked::add).subscribe()
                    .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

            assertThat(subscriber.assertCompleted().getItems()).extracting(Event::id).doesNotHaveDuplicates().hasSize(200);
            assertThat(deleted).isNotEmpty();
        }
    }

    /** All of them fit on one page: nothing is skipped, and nothing shows the shift. */
    @Test
    void areNotNoticedWhereTheyDoNoHarm() {
        PostHogEventsModel model = model(1, Duration.ofHours(-2));
        for (int i = 0; i < 30; i++) {
            model.add(NOW.minusSeconds(i + 1));
        }

        assertThat(walk(model, Duration.ofDays(1), true, 100).assertCompleted().getItems()).hasSize(30);
        assertThat(walk(model, Duration.ofDays(1), false, 100).assertCompleted().getItems()).hasSize(30);
    }

    private static PostHogEventsModel model(int seed, Duration shift) {
        return new PostHogEventsModel(new Random(seed), Ties.STABLE).showing(timestamp -> timestamp.plus(shift));
    }

    private static Instant somewhere(Random random, Duration window) {
        long micros = window.toNanos() / 1000 - 1;
        return NOW.minus(1 + (long) (random.nextDouble() * micros), ChronoUnit.MICROS);
    }

    private static AssertSubscriber<Event> walk(PostHogEventsModel model, Duration window, boolean ascending, int pageSize) {
        return EventPaginator.of(new Request(NOW.minus(window), NOW, ascending, pageSize, 0), model::fetch,
                ShiftedTimestampsTest::invalidResponse).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static PostHogResponseException invalidResponse(String problem) {
        return new PostHogResponseException("default", "events.list", problem, null);
    }
}
