/**
 * Feature flag evaluation, locally or by PostHog, with annotations for endpoints and injection
 * points.
 */
package io.quarkiverse.posthog.flags;
