package io.quarkiverse.posthog.runtime.rest.pagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class PaginatorTest {

    private static final Operation LIST = Operation.read("things.list", Operation.Limit.CRUD);

    private final List<Map<String, String>> requests = new ArrayList<>();

    @Test
    void requestsNothingBeforeSomethingIsWanted() {
        AssertSubscriber<Integer> items = walk(Paging.ALL.pageSize(2), numbers(10)).subscribe()
                .withSubscriber(AssertSubscriber.create(0));

        assertThat(requests).isEmpty();
        items.request(1).assertItems(0);
        assertThat(requests).hasSize(1);
    }

    @Test
    void requestsTheNextPageWhenThisOneIsUsedUpAndMoreIsWanted() {
        AssertSubscriber<Integer> items = walk(Paging.ALL.pageSize(2), numbers(10)).subscribe()
                .withSubscriber(AssertSubscriber.create(2));

        items.assertItems(0, 1);
        assertThat(requests).hasSize(1);
        items.request(1).assertItems(0, 1, 2);
        assertThat(requests).hasSize(2);
        items.request(100).assertCompleted().assertItems(IntStream.range(0, 10).boxed().toArray(Integer[]::new));
        assertThat(requests).hasSize(5);
    }

    @Test
    void requestsOnePageForTheFirstThreeOfAHundred() {
        assertThat(first(3, 100, 500)).containsExactly(0, 1, 2);
        assertThat(requests).hasSize(1);
    }

    @Test
    void requestsOnePageForTheFirstThreeOfThree() {
        assertThat(first(3, 3, 500)).containsExactly(0, 1, 2);
        assertThat(requests).hasSize(1);
    }

    @Test
    void requestsTwoPagesForTheFirstThreeOfTwoEach() {
        assertThat(first(3, 2, 500)).containsExactly(0, 1, 2);
        assertThat(requests).hasSize(2);
    }

    private List<Integer> first(int wanted, int pageSize, int all) {
        return walk(Paging.ALL.pageSize(pageSize), numbers(all)).select().first(wanted).collect().asList()
                .await().indefinitely();
    }

    @Test
    void hasOneRequestInFlight() {
        List<UniEmitter<? super PageResponse<Integer>>> inFlight = new ArrayList<>();
        AssertSubscriber<Integer> items = walk(Paging.ALL, parameters -> Uni.createFrom().emitter(inFlight::add)).subscribe()
                .withSubscriber(AssertSubscriber.create(100));

        items.request(1000);
        assertThat(inFlight).hasSize(1);
        inFlight.get(0).complete(new PageResponse<>(null, "/?offset=2", List.of(1, 2)));
        assertThat(inFlight).hasSize(2);
        inFlight.get(1).complete(new PageResponse<>(null, null, List.of(3)));

        items.assertCompleted().assertItems(1, 2, 3);
        assertThat(inFlight).hasSize(2);
    }

    @Test
    void goesOnBehindEmptyAndShortPagesWhileThereIsALink() {
        assertThat(all(Map.of(
                "start", page("/?page=2"),
                "2", page("/?page=3", 1),
                "3", page("/?page=4"),
                "4", page(null)))).containsExactly(1);
        assertThat(requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 9, 10, 11 })
    void endsAtTheLimit(int limit) {
        List<Integer> items = walk(Paging.ALL.pageSize(3).limit(limit), numbers(10)).collect().asList().await().indefinitely();

        assertThat(items).hasSize(Math.min(limit, 10));
        assertThat(requests).hasSize((Math.min(limit, 10) + 2) / 3);
    }

    @Test
    void walksForEachSubscriberOnItsOwn() {
        Multi<Integer> numbers = walk(Paging.ALL.pageSize(2), numbers(5));
        AssertSubscriber<Integer> first = numbers.subscribe().withSubscriber(AssertSubscriber.create(3));
        AssertSubscriber<Integer> second = numbers.subscribe().withSubscriber(AssertSubscriber.create(9));

        second.assertCompleted().assertItems(0, 1, 2, 3, 4);
        first.request(9).assertCompleted().assertItems(0, 1, 2, 3, 4);
        assertThat(requests).hasSize(6);
    }

    @Test
    void startsAgainWhenTheStreamIsRetried() {
        AtomicInteger count = new AtomicInteger();
        Function<Map<String, String>, Uni<PageResponse<Integer>>> numbers = numbers(5);

        List<Integer> items = walk(Paging.ALL.pageSize(2), parameters -> count.incrementAndGet() == 2
                ? Uni.createFrom().failure(new IllegalStateException("once"))
                : numbers.apply(parameters))
                .onFailure().retry().atMost(1).collect().asList().await().indefinitely();

        assertThat(items).containsExactly(0, 1, 0, 1, 2, 3, 4);
    }

    @Test
    void refusesAPageThatLinksToItself() {
        refuses(Map.of("start", page("/?page=2", 1), "2", page("/?page=2", 2)), 2, "leads back");
    }

    @Test
    void refusesPagesThatLinkToEachOther() {
        refuses(Map.of("start", page("/?page=2", 1), "2", page("/?page=3", 2), "3", page("/?page=2", 3)), 3, "leads back");
    }

    @Test
    void refusesALinkBackToTheFirstPage() {
        refuses(Map.of("start", page("/?page=2", 1), "2", page("https://elsewhere/?page=start&limit=100", 2)), 2, "leads back");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/?page=3&offset=100", "/?page=3&offset=99", "/?page=3&offset=0", "/?page=start&limit=100" })
    void refusesALinkThatDoesNotLeadOn(String link) {
        refuses(Map.of("start", page("/?page=2&offset=100", 1), "2", page(link, 2), "3", page(null, 3)), 2, "leads back");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "https://us.posthog.com/api/projects/1/cohorts/", "https://us.posthog.com/?", ":", "a b",
            "https://us.posthog.com/?page=%zz" })
    void refusesALinkThatCanNotBeFollowed(String link) {
        refuses(Map.of("start", page(link, 1)), 1, "the link to the next page can't be followed");
    }

    /** What was delivered before is good. */
    private void refuses(Map<String, PageResponse<Integer>> pages, int itemsBefore, String message) {
        AssertSubscriber<Integer> items = walk(Paging.ALL, pages(pages)).subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        items.assertFailedWith(PostHogResponseException.class, message);
        assertThat(items.getItems()).hasSize(itemsBefore);
        assertThat(requests).hasSize(itemsBefore);
        assertThat(items.getFailure()).hasMessageStartingWith("PostHog account 'default', things.list: ");
    }

    @Test
    void doesNotMindABrokenLinkThatIsNotNeeded() {
        assertThat(walk(Paging.ALL, pages(Map.of("start", page("::", 1, 2)))).select().first(2).collect().asList()
                .await().indefinitely()).containsExactly(1, 2);
    }

    @Test
    void leavesOutItemsThatSlidOntoTheNextPage() {
        assertThat(all(Map.of("start", page("/?page=2", 1, 2, 3), "2", page("/?page=3", 3, 4), "3", page(null, 4, 1, 5))))
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void takesOnlyTheParametersOfALink() {
        all(Map.of("start", page("http://attacker.example:81/other/path/?page=2&token=phc_x&api_key=y&personal_api_key=z", 1),
                "2", page(null, 2)));

        assertThat(requests).containsExactly(Map.of("page", "start", "limit", "100"), Map.of("page", "2"));
    }

    @Test
    void cancelsTheRequestInFlight() {
        AtomicBoolean cancelled = new AtomicBoolean();
        AssertSubscriber<Integer> items = walk(Paging.ALL, parameters -> Uni.createFrom().<PageResponse<Integer>> nothing()
                .onCancellation().invoke(() -> cancelled.set(true)))
                .subscribe().withSubscriber(AssertSubscriber.create(10));

        items.cancel();

        assertThat(cancelled).isTrue();
    }

    @Test
    void survivesTensOfThousandsOfPagesThatAnswerAtOnce() {
        assertThat(walk(Paging.ALL.pageSize(1), numbers(30_000)).collect().asList().await().indefinitely()).hasSize(30_000);
    }

    private List<Integer> all(Map<String, PageResponse<Integer>> pages) {
        return walk(Paging.ALL, pages(pages)).collect().asList().await().indefinitely();
    }

    private static PageResponse<Integer> page(String next, Integer... items) {
        return new PageResponse<>(null, next, List.of(items));
    }

    private static Function<Map<String, String>, Uni<PageResponse<Integer>>> pages(Map<String, PageResponse<Integer>> pages) {
        return parameters -> Uni.createFrom().item(pages.get(parameters.get("page")));
    }

    @Test
    void aPageLeadsToTheNextOne() {
        Page<Integer> first = pages(numbers(5)).page(Paging.ALL.limit(3), new Parameters(TestAccounts.mapper())).await()
                .indefinitely();

        assertThat(first).containsExactly(0, 1, 2);
        assertThat(first.total()).hasValue(5);
        assertThat(requests).hasSize(1);

        Page<Integer> second = first.next().await().indefinitely();

        assertThat(second).containsExactly(3, 4);
        assertThat(second.hasNext()).isFalse();
        assertThatThrownBy(() -> second.next().await().indefinitely()).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/?page=start&limit=3", "/?limit=3&page=start", "/?page=start&limit=3&offset=0" })
    @Tag("RDG-2")
    void aPageDoesNotLeadToItself(String link) {
        Page<Integer> first = pages(pages(Map.of("start", page(link, 1, 2, 3))))
                .page(Paging.ALL.limit(3), new Parameters(TestAccounts.mapper()).with("page", "start")).await().indefinitely();

        assertThat(first).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> first.next().await().indefinitely()).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("leads back");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 100 })
    @Tag("RDG-2")
    void pagesWithoutNewItemsComeToAnEnd(int repeated) {
        Integer[] items = IntStream.range(0, repeated).boxed().toArray(Integer[]::new);

        AssertSubscriber<Integer> walked = walk(Paging.ALL, parameters -> Uni.createFrom().item(page(
                "/?limit=100&offset=" + (Integer.parseInt(parameters.getOrDefault("offset", "0")) + 100), items)))
                .subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        walked.assertFailedWith(PostHogResponseException.class, "pages in a row have only items that were delivered already");
        assertThat(walked.getItems()).containsExactly(items);
        assertThat(requests).hasSizeLessThan(60);
    }

    /** New items at the beginning of a list move the others by whole pages. */
    @Test
    void someRepeatedPagesAreNoReasonToFail() {
        AtomicInteger request = new AtomicInteger();

        List<Integer> items = walk(Paging.ALL.pageSize(1), parameters -> {
            int number = request.getAndIncrement();
            int item = number < 20 ? 0 : number;
            return Uni.createFrom().item(page(number == 30 ? null : "/?offset=" + (number + 1), item));
        }).collect().asList().await().indefinitely();

        assertThat(items).containsExactly(0, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    }

    @Test
    void onePageIsAsLargeAsItsLimit() {
        Page<Integer> page = pages(numbers(1000)).page(Paging.ALL.limit(500).offset(7), new Parameters(TestAccounts.mapper()))
                .await().indefinitely();

        assertThat(page).hasSize(500);
        assertThat(requests).containsExactly(Map.of("limit", "500", "offset", "7"));
    }

    /** The numbers from 0 on, with links as PostHog has them. */
    private static Function<Map<String, String>, Uni<PageResponse<Integer>>> numbers(int size) {
        return parameters -> {
            int limit = Integer.parseInt(parameters.get("limit"));
            int from = Integer.parseInt(parameters.getOrDefault("offset", "0"));
            int to = Math.min(size, from + limit);
            String next = to < size ? "https://us.posthog.com/api/?limit=" + limit + "&offset=" + to : null;
            return Uni.createFrom().item(new PageResponse<>((long) size, next, IntStream.range(from, to).boxed().toList()));
        };
    }

    private Multi<Integer> walk(Paging paging, Function<Map<String, String>, Uni<PageResponse<Integer>>> fetch) {
        return pages(fetch).walk(paging, new Parameters(TestAccounts.mapper()).with("page", "start"));
    }

    private Paginator<Integer> pages(Function<Map<String, String>, Uni<PageResponse<Integer>>> fetch) {
        return new Paginator<Integer>(TestAccounts.calls(), LIST, Function.identity(), parameters -> {
            requests.add(parameters);
            return fetch.apply(parameters);
        });
    }
}
