/** What {@link io.quarkiverse.posthog.PostHog#check()} finds out about an account, with what to do about it. */
package io.quarkiverse.posthog.check;
