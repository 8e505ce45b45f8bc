/**
 * A PostHog that runs inside of the build: ingestion and the private REST API, with PostHog's real semantics.
 * <p>
 * It is a program of its own on Vert.x Web and Jackson, and knows nothing of Quarkus.
 */
package io.quarkiverse.posthog.emulator;
