/** The clients of the API for events, persons, feature flags, insights, dashboards, cohorts and queries. */
package io.quarkiverse.posthog.runtime.resources;
