/**
 * Evaluating feature flags: for whom, with which result, in this process or by PostHog; and asking them at endpoints
 * and injection points.
 */
package io.quarkiverse.posthog.flags;
