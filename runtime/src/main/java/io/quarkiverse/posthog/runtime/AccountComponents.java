package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.check.AccountChecker;
import io.quarkiverse.posthog.runtime.check.AccountChecker.LocalState;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.FlagEvaluations;
import io.quarkiverse.posthog.runtime.resources.CohortsClient;
import io.quarkiverse.posthog.runtime.resources.DashboardsClient;
import io.quarkiverse.posthog.runtime.resources.EventsClient;
import io.quarkiverse.posthog.runtime.resources.FeatureFlagsClient;
import io.quarkiverse.posthog.runtime.resources.InsightsClient;
import io.quarkiverse.posthog.runtime.resources.PersonsClient;
import io.quarkiverse.posthog.runtime.resources.QueryClient;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;

/** The components of an account. */
record AccountComponents(ApiExecutor calls, CapturePipeline capture, ErrorTracking errors, FlagEvaluations flags, Events events,
        Persons persons, FeatureFlags featureFlags, Insights insights, Dashboards dashboards, Cohorts cohorts,
        QueryClient queries, AccountChecker checker) implements Closeable {

    private static final Logger LOG = Logger.getLogger(AccountComponents.class);

    static AccountComponents of(ApiExecutor calls, CapturePipeline capture, ErrorTracking errors, FlagEvaluations flags,
            ObjectMapper values) {
        ObjectMapper mapper = calls.mapper();
        LocalState state = new LocalState(capture::status, capture::isOptedOut, flags::flagDefinitions);
        return new AccountComponents(calls, capture, errors, flags, new EventsClient(calls, mapper),
                new PersonsClient(calls, mapper), new FeatureFlagsClient(calls, mapper), new InsightsClient(calls, mapper),
                new DashboardsClient(calls, mapper), new CohortsClient(calls, mapper), new QueryClient(calls, values),
                new AccountChecker(calls, state, Clock.systemUTC()));
    }

    /** What does not close is logged. */
    void closeQuietly() {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "PostHog account '%s' did not close cleanly", calls.account().name());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flags.close();
            errors.close();
            capture.close();
        } finally {
            calls.close();
        }
    }
}
