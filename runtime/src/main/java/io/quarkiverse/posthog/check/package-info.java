/** Results of {@link io.quarkiverse.posthog.PostHog#check()}: the problems of an account, and how to fix them. */
package io.quarkiverse.posthog.check;
