/** HogQL queries and their results. */
package io.quarkiverse.posthog.query;
