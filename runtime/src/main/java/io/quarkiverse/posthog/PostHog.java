package io.quarkiverse.posthog;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.errors.ExceptionEvent;
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
 * Methods that return a {@link Uni} or {@link Multi} are lazy: they send no requests before the subscription, each
 * subscription sends its own requests, and canceling it aborts the request in flight. All methods can be called on any
 * thread, including event loops.
 * <p>
 * All failures of PostHog, or of the connection to it, are reported as a {@link PostHogException}. The only other
 * exceptions are an {@link IllegalArgumentException} for invalid arguments, an {@link IllegalStateException} of {@link
 * #captureImmediate} if an event could not be built, a {@link java.util.NoSuchElementException} of {@link Page#next()} after
 * the last page, and in {@link #captureAll} the failure of the stream that you pass to it.
 */
public interface PostHog extends FeatureFlagEvaluator {

    /** Returns the name of this account, {@value PostHogAccount#DEFAULT} for the default account. */
    String account();

    /**
     * Captures an event: adds it to the queue of the account and returns immediately. The event is sent in a batch, and
     * kept until PostHog has acknowledged it, within the limits of the configuration {@code capture.*}. See {@link
     * #captureStatus()} and {@link CaptureListener} for its outcome.
     * <p>
     * This method never waits for PostHog and never throws an exception: an event that is not accepted is counted by
     * reason and logged. The UUID, the timestamp and the properties are fixed when this method is called; later changes
     * to a collection that is a property value have no effect.
     *
     * @return the UUID of the event, by which PostHog stores it; empty if it was not accepted
     */
    Optional<UUID> capture(CaptureEvent event);

    /**
     * Sends an event immediately, without the queue, and completes with its UUID when PostHog has acknowledged it.
     * Completes with null if the event was intentionally not sent, because of {@link #optOut()}, sampling, or a {@link
     * BeforeSend} that dropped it or failed, or if the account is closed.
     * <p>
     * The UUID and the timestamp are fixed when this method is called, so that PostHog recognizes retries, including
     * retries of the caller, as the same event. PostHog acknowledges events before it processes them: events over the
     * quota of the project are acknowledged and dropped.
     * <p>
     * Requires {@code project-api-key}. All failures except the statuses 4xx are retried as configured with {@code
     * retry.*}; 408 is also retried, and in protocol {@code v0} 429.
     * <p>
     * Fails with an {@link IllegalArgumentException}, without sending a request, if the event is invalid, such as an
     * event with a blank name, one that cannot be converted to JSON, or one that is too large; with an {@link
     * IllegalStateException} if an internal error, which is logged, occurs while building it; and with a {@link
     * PostHogException} if PostHog did not accept it.
     */
    @CheckReturnValue
    Uni<UUID> captureImmediate(CaptureEvent event);

    /**
     * Captures a stream of events, and completes when all of them are delivered or dropped.
     * <p>
     * The events have their own queue, which requests more events only when PostHog acknowledges earlier ones, so the
     * stream can have any length. Dropped events are counted by reason in the summary and do not end the stream. If the
     * stream fails, the result fails with the same failure after the earlier events were sent. Canceling the result
     * ends the stream immediately.
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events);

    /**
     * Captures a stream of past events, for example from another analytics product, with {@code historical_migration}
     * set. PostHog ingests them separately from live events. Set the timestamp of each event.
     *
     * @see #captureAll(Multi)
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events);

    /**
     * Captures an AI event, such as {@code $ai_generation}, through PostHog's endpoint for AI events, which accepts
     * larger events.
     * <p>
     * Like {@link #capture}, with a separate queue and separate requests. The content is sent unchanged, neither
     * truncated nor masked.
     */
    Optional<UUID> captureAi(CaptureEvent event);

    /** Sends an AI event immediately, and completes when PostHog has acknowledged it. See {@link #captureImmediate}. */
    @CheckReturnValue
    Uni<UUID> captureAiImmediate(CaptureEvent event);

    /**
     * Captures {@link CaptureEvent#identify $identify}, which sets person properties. Shorthand for {@link #capture}.
     */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set) {
        return capture(CaptureEvent.identify(distinctId, set));
    }

    /**
     * Captures {@link CaptureEvent#identify $identify}, which sets person properties, some of them only if they are not
     * set yet. Shorthand for {@link #capture}.
     */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set, Map<String, ?> setOnce) {
        return capture(CaptureEvent.identify(distinctId, set).setOnce(setOnce));
    }

    /**
     * Captures {@link CaptureEvent#alias $create_alias}, which assigns two distinct IDs to the same person. Shorthand
     * for {@link #capture}.
     */
    default Optional<UUID> alias(String previousId, String newId) {
        return capture(CaptureEvent.alias(previousId, newId));
    }

    /**
     * Captures {@link CaptureEvent#groupIdentify $groupidentify}, which sets group properties. Shorthand for {@link
     * #capture}.
     */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set) {
        return capture(CaptureEvent.groupIdentify(type, key, set));
    }

    /**
     * Captures {@link CaptureEvent#groupIdentify $groupidentify} for a person. Shorthand for {@link #capture}.
     *
     * @param distinctId the distinct ID; null or blank for no person, even if the current request has one
     */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set, String distinctId) {
        return capture(CaptureEvent.groupIdentify(type, key, set).distinctId(distinctId));
    }

    /**
     * Captures {@code $set}, which sets person properties and replaces earlier values. Without properties, nothing is
     * captured. Shorthand for {@link #capture}.
     *
     * @param distinctId the distinct ID; null or blank for the person of the current request. If no person can be identified,
     *        nothing is captured, and this is logged
     */
    default Optional<UUID> setPersonProperties(String distinctId, Map<String, ?> set) {
        return set == null || set.isEmpty() ? Optional.empty() : capture(setting(distinctId).set(set));
    }

    /**
     * Captures {@code $set}, which sets person properties that are not set yet. Without properties, nothing is
     * captured. Shorthand for {@link #capture}.
     *
     * @param distinctId the distinct ID; null or blank for the person of the current request. If no person can be identified,
     *        nothing is captured, and this is logged
     */
    default Optional<UUID> setPersonPropertiesOnce(String distinctId, Map<String, ?> setOnce) {
        return setOnce == null || setOnce.isEmpty() ? Optional.empty()
                : capture(setting(distinctId).setOnce(setOnce));
    }

    private static CaptureEvent setting(String distinctId) {
        CaptureEvent event = CaptureEvent.of("$set");
        return distinctId == null || distinctId.isBlank() ? event : event.distinctId(distinctId);
    }

    /**
     * Captures an exception that the application has caught, with the distinct ID of the current request. Shorthand for
     * {@link #captureException(ExceptionEvent)}.
     */
    default Optional<UUID> captureException(Throwable exception) {
        return captureException(ExceptionEvent.of(exception));
    }

    /**
     * Captures an exception that the application has caught, with a distinct ID, which must not be blank. Shorthand for
     * {@link #captureException(ExceptionEvent)}.
     */
    default Optional<UUID> captureException(Throwable exception, String distinctId) {
        return captureException(ExceptionEvent.of(exception).distinctId(distinctId));
    }

    /**
     * Captures an exception for PostHog's error tracking: the event {@code $exception}, with the stack traces of the
     * exception and its causes. It is processed like all events; see {@link #capture}.
     * <p>
     * This method never throws an exception. Very long stack traces and messages, and chains of more than 50
     * exceptions, are truncated, so that the event is not too large. If the exception is
     * rethrown, exception autocapture ({@code exceptions.*}) does not capture it again.
     *
     * @return the UUID of the event; empty if it was not accepted
     */
    Optional<UUID> captureException(ExceptionEvent event);

    /**
     * Sends the queued events now, and completes when the queue is empty or a failure stops it.
     * <p>
     * Never fails: events that could not be sent stay in the queue and are sent later; {@link CaptureStatus#queued()}
     * is their number. During the delay before a retry, this method sends nothing and completes immediately. Concurrent
     * calls share their requests.
     */
    @CheckReturnValue
    Uni<CaptureStatus> flush();

    /** Returns the status of capturing. */
    CaptureStatus captureStatus();

    /**
     * Stops accepting events, until {@link #optIn()} is called or the application restarts. Queued events are still
     * sent.
     */
    void optOut();

    /** Accepts events again. */
    void optIn();

    /** Returns whether no events are accepted, because of {@link #optOut()} or {@code capture.enabled}. */
    boolean isOptedOut();

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
     * Runs a HogQL query without parameters. Shorthand for {@link #query(HogQLQuery)}.
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

    /** Runs a HogQL query without parameters and streams its rows. Shorthand for {@link #queryRows(HogQLQuery)}. */
    @CheckReturnValue
    default Multi<QueryRow> queryRows(String hogql) {
        return queryRows(HogQLQuery.of(hogql));
    }

    /**
     * Runs a HogQL query and streams the rows of its result as records. See {@link QueryRow#as(Class)} for the types, and
     * {@link #queryRows(HogQLQuery)} for the limits. Fails with an {@link IllegalArgumentException} if a row does not fit the
     * record.
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
}
