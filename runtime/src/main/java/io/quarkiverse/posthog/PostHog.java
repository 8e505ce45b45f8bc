package io.quarkiverse.posthog;

import io.quarkiverse.posthog.api.RestApi;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.flags.FeatureFlagEvaluator;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * A PostHog account: captures events, evaluates and manages feature flags, and reads data of PostHog.
 *
 * <pre>
 * {@literal @}Inject
 * PostHog posthog; // the default account
 *
 * {@literal @}Inject {@literal @}PostHogAccount("work") PostHog work; // a named account </pre>
 * <p>
 * It consists of these parts:
 * <ul>
 * <li>{@link EventCapture}: captures events and exceptions. Requires {@code project-api-key}.
 * <li>{@link FeatureFlagEvaluator}: evaluates feature flags. Requires {@code project-api-key}.
 * <li>The resources of PostHog's API, such as {@link #events()} and {@link #featureFlags()}, and {@link
 * #query(HogQLQuery) queries}. They require {@code personal-api-key}.
 * <li>The account itself: {@link #account()} and {@link #check()}.
 * </ul>
 * <p>
 * Methods that return a {@link Uni} or {@link Multi} are lazy: they send no requests before the subscription, each
 * subscription sends its own requests, and canceling it aborts the request in flight. All methods can be called on any
 * thread, including event loops.
 * <p>
 * All failures of PostHog, or of the connection to it, are reported as a {@link PostHogException}. The only other
 * exceptions are an {@link IllegalArgumentException} for invalid arguments, an {@link IllegalStateException} of {@link
 * #captureImmediate} if an event could not be built, a {@link java.util.NoSuchElementException} of {@link Page#next()}
 * after the last page, and in {@link #captureAll} the failure of the stream that you pass to it.
 */
public interface PostHog extends EventCapture, FeatureFlagEvaluator {

    /** Returns the name of this account, {@value PostHogAccount#DEFAULT} for the default account. */
    String account();

    /**
     * Checks whether this account works: whether its hosts respond, PostHog recognizes its keys, the keys belong
     * together and have the required scopes, the clock is correct, and events are delivered. Each problem has a next
     * step.
     * <p>
     * Never fails, and waits for PostHog at most for {@code check.timeout}. Sends at most four requests, at the same
     * time, none of which is billed. The report does not contain keys.
     */
    @CheckReturnValue
    Uni<CheckReport> check();

    /** Returns the functions to read captured events. */
    Events events();

    /** Returns the functions to read persons. */
    Persons persons();

    /** Returns the functions to manage feature flags. To evaluate flags, use {@link #evaluateFlags(String)}. */
    FeatureFlags featureFlags();

    /** Returns the functions to read saved insights. */
    Insights insights();

    /** Returns the functions to read dashboards. */
    Dashboards dashboards();

    /** Returns the functions to read cohorts. */
    Cohorts cohorts();

    /**
     * Returns the functions to send requests to any other endpoint of PostHog's private API, such as annotations, surveys and
     * experiments.
     */
    RestApi api();

    /**
     * Runs a HogQL query without parameters. Shorthand for {@link #query(HogQLQuery)} with {@link HogQLQuery#of}.
     *
     * @param hogql the query; pass values with {@link HogQLQuery#value} instead of concatenating them
     */
    @CheckReturnValue
    default Uni<QueryResult> query(String hogql) {
        return query(HogQLQuery.of(hogql));
    }

    /**
     * Runs a HogQL query and completes with its whole result, even if PostHog runs it asynchronously.
     * <p>
     * PostHog recommends HogQL instead of the list of events. A query without {@code LIMIT} returns at most 100 rows,
     * and with one at most 50,000; {@link QueryResult#hasMore()} returns whether there are more. On PostHog Cloud, an
     * account runs three queries at a time; further queries wait.
     * <p>
     * The query takes at most {@code query-timeout} after its first request. After that, it is also canceled in
     * PostHog. It then fails with a {@link PostHogResponseException} if PostHog runs it in the background, and
     * otherwise with a {@link PostHogConnectionException}.
     * <p>
     * Requires {@code personal-api-key} with the scope {@code query:read}.
     */
    @CheckReturnValue
    Uni<QueryResult> query(HogQLQuery query);

    /**
     * Runs a HogQL query and streams the rows of its result.
     * <p>
     * The stream fails with a {@link PostHogResponseException} instead of ending early if PostHog truncated the result:
     * at its default of 100 rows because the query has no {@code LIMIT}, or at its maximum of 50,000 rows. The query
     * takes at most {@code query-timeout}.
     *
     * @see #query(HogQLQuery)
     */
    @CheckReturnValue
    Multi<QueryRow> queryRows(HogQLQuery query);

    /**
     * Runs a HogQL query without parameters and streams its rows. Shorthand for {@link #queryRows(HogQLQuery)} with
     * {@link HogQLQuery#of}.
     */
    @CheckReturnValue
    default Multi<QueryRow> queryRows(String hogql) {
        return queryRows(HogQLQuery.of(hogql));
    }

    /**
     * Runs a HogQL query and streams the rows of its result as records. Shorthand for {@link #queryRows(HogQLQuery)} with
     * {@link QueryRow#as(Class)}. Fails with an {@link IllegalArgumentException} if a row does not fit the record.
     */
    @CheckReturnValue
    default <T extends Record> Multi<T> queryAs(HogQLQuery query, Class<T> type) {
        return queryRows(query).map(row -> row.as(type));
    }

    /**
     * Runs a HogQL query without parameters and streams its rows as records. Shorthand for {@link #queryAs(HogQLQuery,
     * Class)}.
     */
    @CheckReturnValue
    default <T extends Record> Multi<T> queryAs(String hogql, Class<T> type) {
        return queryAs(HogQLQuery.of(hogql), type);
    }
}
