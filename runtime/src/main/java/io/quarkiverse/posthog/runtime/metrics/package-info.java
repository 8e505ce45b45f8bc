/** The metrics of an account, and their implementation with Micrometer. */
package io.quarkiverse.posthog.runtime.metrics;
