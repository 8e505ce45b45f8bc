/** HTTP in the same way as PostHog: authentication, scopes, rate limits, error envelopes, pages, recorded requests, faults. */
package io.quarkiverse.posthog.emulator.http;
