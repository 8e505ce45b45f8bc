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
import io.quarkiverse.posthog.flags.FlagEvaluation;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One PostHog account: capture events, evaluate and manage feature flags, and read what PostHog knows.
 *
 * <pre>
 * {@literal @}Inject
 * PostHog posthog; // the default account
 *
 * {@literal @}Inject
 * {@literal @}PostHogAccount("work")
 * PostHog work; // a named account
 * </pre>
 * <p>
 * What returns a {@link Uni} or {@link Multi} is lazy: nothing is sent before a {@link Uni} or {@link Multi} is
 * subscribed to, each subscription sends its own requests, and cancelling one aborts the request in flight. All
 * methods may be called from any thread, event loops included.
 * <p>
 * What PostHog, or the way to it, fails with is a {@link PostHogException}. Besides there are only these: an
 * {@link IllegalArgumentException} for invalid arguments, an {@link IllegalStateException} of {@link #captureNow}
 * when an event could not be put together, a {@link java.util.NoSuchElementException} of {@link Page#next()} after
 * the last page, and of {@link #captureAll} what the stream of the caller fails with.
 */
public interface PostHog extends FlagEvaluation {

    /** The name of this account, {@value PostHogAccount#DEFAULT} for the default one. */
    String account();

    /**
     * Captures an event: puts it into the queue of the account and returns. It is sent soon, together with others, and kept
     * until PostHog has acknowledged it, for as long as the configuration {@code capture.*} allows; see
     * {@link #captureStatus()} and {@link CaptureListener} for what becomes of it.
     * <p>
     * Never blocks for PostHog, and never throws: an event that can't be accepted is counted by reason and logged. The uuid,
     * the timestamp and the properties are fixed when this method is called; what the caller changes later in a
     * collection that is the value of a property changes nothing.
     *
     * @return the uuid of the event, by which PostHog keeps it; empty when it was not accepted
     */
    Optional<UUID> capture(CaptureEvent event);

    /**
     * Sends one event at once, past the queue, and completes with its uuid when PostHog has acknowledged it; with
     * null when the event is not to be sent, because of {@link #optOut()}, of sampling, or of a {@link BeforeSend}
     * that says so or failed.
     * <p>
     * The uuid and the timestamp are fixed when this method is called, so that retries, also those of the caller, are
     * recognised by PostHog as the same event. PostHog acknowledges before it processes: an event over the quota of the
     * project is acknowledged and dropped.
     * <p>
     * Needs {@code project-api-key}. Transport failures and the statuses 408, 429 and 5xx are retried as configured
     * with {@code retry.*}; in protocol {@code v1} the statuses 408, 500, 502, 503 and 504.
     * <p>
     * Fails with an {@link IllegalArgumentException}, before any request, for an event that can't be sent, such as
     * one with a blank name, one that can't be written as JSON, or one that is too large; with an
     * {@link IllegalStateException} when putting it together broke, which the log has; and with a
     * {@link PostHogException} when PostHog did not take it.
     */
    @CheckReturnValue
    Uni<UUID> captureNow(CaptureEvent event);

    /**
     * Captures a stream of events and completes when the fate of each is known.
     * <p>
     * The events have a queue of their own, which asks for more only as PostHog acknowledges: the stream may be of any
     * length. Events that are dropped are counted by reason in the summary and do not end it. A failure of the stream, or
     * cancelling, ends it after the events before were sent or, when cancelled, at once; what is returned then fails
     * with what the stream failed with.
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events);

    /**
     * Captures a stream of past events, such as from another analytics product, with {@code historical_migration} set:
     * PostHog then takes them in apart from what happens now and does not hold them back as a spike. Set the timestamp of
     * each event.
     *
     * @see #captureAll(Multi)
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events);

    /**
     * Captures an AI event such as {@code $ai_generation} on PostHog's way for AI events, which allows for larger ones.
     * <p>
     * Like {@link #capture}, with a queue and requests of its own. The content is sent as it is, neither cut nor masked.
     */
    Optional<UUID> captureAi(CaptureEvent event);

    /** Sends one AI event at once and completes when PostHog has acknowledged it. See {@link #captureNow}. */
    @CheckReturnValue
    Uni<UUID> captureAiNow(CaptureEvent event);

    /** Captures {@link CaptureEvent#identify $identify}: sets properties of a person. */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set) {
        return capture(CaptureEvent.identify(distinctId, set));
    }

    /** Captures {@link CaptureEvent#identify $identify}: sets properties of a person, some only if they are new. */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set, Map<String, ?> setOnce) {
        return capture(CaptureEvent.identify(distinctId, set).setOnce(setOnce));
    }

    /** Captures {@link CaptureEvent#alias $create_alias}: two distinct ids become one person. */
    default Optional<UUID> alias(String previousId, String newId) {
        return capture(CaptureEvent.alias(previousId, newId));
    }

    /** Captures {@link CaptureEvent#groupIdentify $groupidentify}: sets properties of a group. */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set) {
        return capture(CaptureEvent.groupIdentify(type, key, set));
    }

    /**
     * Captures {@link CaptureEvent#groupIdentify $groupidentify} in the name of a person.
     *
     * @param distinctId the person; null or blank for no person, also if the current request has one
     */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set, String distinctId) {
        return capture(CaptureEvent.groupIdentify(type, key, set).distinctId(distinctId));
    }

    /**
     * Captures {@code $set}: sets properties of a person, replacing earlier values. Nothing to set captures nothing.
     *
     * @param distinctId the person; null or blank for whoever makes the current request, and when nobody is known
     *        either, nothing is captured, which is logged
     */
    default Optional<UUID> setPersonProperties(String distinctId, Map<String, ?> set) {
        return set == null || set.isEmpty() ? Optional.empty() : capture(setting(distinctId).set(set));
    }

    /**
     * Captures {@code $set}: sets properties of a person that it does not have yet. Nothing to set captures nothing.
     *
     * @param distinctId the person; null or blank for whoever makes the current request, and when nobody is known
     *        either, nothing is captured, which is logged
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
     * Captures an exception that the application has caught, of whoever makes the current request. See
     * {@link #captureException(ExceptionEvent)}.
     */
    default Optional<UUID> captureException(Throwable exception) {
        return captureException(ExceptionEvent.of(exception));
    }

    /**
     * Captures an exception that the application has caught, of a person, whose ID must not be blank. See
     * {@link #captureException(ExceptionEvent)}.
     */
    default Optional<UUID> captureException(Throwable exception, String distinctId) {
        return captureException(ExceptionEvent.of(exception).distinctId(distinctId));
    }

    /**
     * Captures an exception for PostHog's error tracking: the event {@code $exception}, with the stack trace of the
     * exception and of those that caused it. It goes the way of all events; see {@link #capture}.
     * <p>
     * Never throws, whatever the exception is like. Of very long stack traces, messages, and chains of more than 50
     * exceptions, a part is left out, so that the event is not too large. What the configuration
     * {@code exceptions.*} captures by itself is captured once: an exception that was captured here and is thrown on
     * is not captured again.
     *
     * @return the uuid of the event; empty when it was not accepted
     */
    Optional<UUID> captureException(ExceptionEvent event);

    /**
     * Sends what is queued now instead of waiting for more, and completes when there is nothing left or a failure stops it.
     * <p>
     * Never fails: what could not be sent stays queued and is sent later; {@link CaptureStatus#queued()} tells how much.
     * While it waits before it tries again, it does not send but completes at once. Several calls at a time share their
     * requests.
     */
    @CheckReturnValue
    Uni<CaptureStatus> flush();

    /** How capturing stands. */
    CaptureStatus captureStatus();

    /** Stops accepting events, until {@link #optIn()} or a restart. What is queued is still sent. */
    void optOut();

    /** Accepts events again. */
    void optIn();

    /** Whether no events are accepted: after {@link #optOut()}, or because of {@code capture.enabled}. */
    boolean isOptedOut();

    /** The captured events. */
    Events events();

    /** The persons behind the events. */
    Persons persons();

    /** Feature flag management. What a flag is for somebody is a matter of {@link #evaluateFlags(String)} and its like. */
    FeatureFlags featureFlags();

    /** The saved insights. */
    Insights insights();

    /** The dashboards. */
    Dashboards dashboards();

    /** The cohorts. */
    Cohorts cohorts();

    /**
     * Runs a HogQL query without parameters. See {@link #query(HogQLQuery)}.
     *
     * @param hogql the query; put values in with {@link HogQLQuery#value} instead of concatenating them
     */
    @CheckReturnValue
    default Uni<QueryResult> query(String hogql) {
        return query(HogQLQuery.of(hogql));
    }

    /**
     * Runs a HogQL query and completes with its whole result, also when PostHog runs it asynchronously.
     * <p>
     * PostHog recommends HogQL in place of the events list. A query without {@code LIMIT} returns at most 100 rows, with
     * one at most 50,000; {@link QueryResult#hasMore()} tells whether there were more. On PostHog Cloud three
     * queries of an account run at a time, as it allows; further ones wait.
     * <p>
     * The query takes no longer than {@code query-timeout} after its first request. After that it is cancelled, also at
     * PostHog. It then fails with a {@link PostHogResponseException} if PostHog runs it in the background, and otherwise with
     * a {@link PostHogConnectionException}.
     * <p>
     * Needs {@code personal-api-key} with the scope {@code query:read}.
     */
    @CheckReturnValue
    Uni<QueryResult> query(HogQLQuery query);

    /**
     * Runs a HogQL query and streams the rows of its result.
     * <p>
     * The stream fails with a {@link PostHogResponseException} instead of ending early when PostHog cut the result:
     * at its default of 100 rows because the query has no {@code LIMIT}, or at the 50,000 it returns at the most. The
     * query takes no longer than {@code query-timeout}.
     *
     * @see #query(HogQLQuery)
     */
    @CheckReturnValue
    Multi<QueryRow> queryRows(HogQLQuery query);

    /** Runs a HogQL query without parameters and streams its rows. See {@link #queryRows(HogQLQuery)}. */
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

    /** Runs a HogQL query without parameters and streams its rows as records. See {@link #queryAs(HogQLQuery, Class)}. */
    @CheckReturnValue
    default <T extends Record> Multi<T> queryAs(String hogql, Class<T> type) {
        return queryAs(HogQLQuery.of(hogql), type);
    }

    /**
     * Checks whether this account works: whether its hosts answer, PostHog knows its keys, they fit each other and may do
     * what is needed, the clock is right, and events are delivered. What is wrong comes with the next step.
     * <p>
     * Never fails, and waits for PostHog no longer than {@code check.timeout}. Sends at most four requests, at the same
     * time, none of which is billed. No key is in the report.
     */
    @CheckReturnValue
    Uni<CheckReport> check();
}
