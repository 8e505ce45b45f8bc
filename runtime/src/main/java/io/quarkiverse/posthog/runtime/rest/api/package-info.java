/**
 * The REST interfaces of PostHog, with the bodies and parameters of requests and the types of responses that are not part of
 * the
 * public API. To add a request to the private REST API, add a method to {@code PostHogApi}.
 */
package io.quarkiverse.posthog.runtime.rest.api;
