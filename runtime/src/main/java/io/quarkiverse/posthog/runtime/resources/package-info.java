/**
 * The clients of PostHog's REST API for events, persons, feature flags, insights, dashboards, cohorts and queries, one class
 * for each resource. {@code DashboardsClient} is the simplest one. A client converts queries to parameters, and responses to
 * the models of the public API; the requests are methods of {@code PostHogApi}.
 */
package io.quarkiverse.posthog.runtime.resources;
