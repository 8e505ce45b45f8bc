/**
 * Requests to PostHog: the REST interfaces with their clients, keys, rate limits, timeouts, retries and exceptions,
 * and reading lists page by page.
 */
package io.quarkiverse.posthog.runtime.rest;
