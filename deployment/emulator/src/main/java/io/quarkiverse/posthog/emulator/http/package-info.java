/**
 * The HTTP behavior of PostHog that is the same for many endpoints: authentication, scopes, rate limits, pages, request
 * bodies, recorded requests and faults. {@code ApiRoutes} registers endpoints of the private API. Errors have a class for
 * each form: {@code ApiException} for the private API, {@code FlagsError} for flag evaluation, and {@code CaptureV1Error}
 * for version 1 of capture.
 */
package io.quarkiverse.posthog.emulator.http;
