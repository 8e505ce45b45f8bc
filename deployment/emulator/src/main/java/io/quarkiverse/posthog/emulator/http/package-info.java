/** HTTP in PostHog's manner: authentication, scopes, rate limits, error envelopes, pages, recorded requests, faults. */
package io.quarkiverse.posthog.emulator.http;
