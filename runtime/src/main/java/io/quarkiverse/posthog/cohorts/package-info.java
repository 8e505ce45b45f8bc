/** Cohorts, read with a personal API key. */
package io.quarkiverse.posthog.cohorts;
