/**
 * Helpers that several packages use: texts for logs, keys in messages, causes of exceptions, JSON that PostHog accepts, caches,
 * lazy values and concurrency. They do not depend on other packages of the extension, and not on an account.
 */
package io.quarkiverse.posthog.runtime.support;
