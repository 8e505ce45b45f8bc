package io.quarkiverse.posthog;

import java.util.UUID;

import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One PostHog account: capture events, manage feature flags, and read what PostHog knows.
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
 * Everything is lazy: nothing is sent before a {@link Uni} or {@link Multi} is subscribed to, each subscription sends
 * its own requests, and cancelling one aborts the request in flight. Failures are {@link PostHogException}s; invalid
 * arguments are {@link IllegalArgumentException}s. All methods may be called from any thread, event loops included.
 */
public interface PostHog {

    /** The name of this account, {@value PostHogAccount#DEFAULT} for the default one. */
    String account();

    /**
     * Sends one event and completes with its uuid when PostHog has acknowledged it.
     * <p>
     * The uuid and the timestamp are fixed when this method is called, so that retries, also those of the caller, are
     * recognised by PostHog as the same event. PostHog acknowledges before it processes: an event over the quota of the
     * project is acknowledged and dropped.
     * <p>
     * Needs {@code project-api-key}. Transport failures and the statuses 408, 429 and 5xx are retried as configured
     * with {@code retry.*}.
     *
     * @param event the event; a blank name or distinct id is an {@link IllegalArgumentException}, before any request
     */
    @CheckReturnValue
    Uni<UUID> captureNow(CaptureEvent event);

    /** The captured events. */
    Events events();

    /** The persons behind the events. */
    Persons persons();

    /** Feature flag management. */
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
     * Needs {@code personal-api-key} with the scope {@code query:read}.
     */
    @CheckReturnValue
    Uni<QueryResult> query(HogQLQuery query);

    /**
     * Runs a HogQL query and streams the rows of its result.
     * <p>
     * The stream fails instead of ending early when PostHog cut the result: at its default of 100 rows because the query has
     * no {@code LIMIT}, or at the 50,000 it returns at the most.
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
}
