/**
 * Requests to PostHog. {@code ApiExecutor} sends a request with the key, rate limit, timeout and retries of its {@code
 * Operation}. An {@code ApiEndpoint} specifies the REST interface, host, key and limits, {@code RestClientFactory} creates
 * the clients with their headers, and {@code ApiExceptionMapper} converts failures to exceptions of the public API.
 * <p>
 * To add a request, add a method to a REST interface in {@code rest.api}, and call it with an {@code Operation}.
 */
package io.quarkiverse.posthog.runtime.rest;
