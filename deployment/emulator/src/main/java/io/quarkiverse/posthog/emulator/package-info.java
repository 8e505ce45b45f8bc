/**
 * An emulator of PostHog's ingestion, flag evaluation and private REST API, which also reproduces the inconvenient behavior
 * of PostHog. It runs in the build process ({@link io.quarkiverse.posthog.emulator.PostHogEmulator}) or standalone
 * ({@link io.quarkiverse.posthog.emulator.Main}), and does not depend on Quarkus.
 */
package io.quarkiverse.posthog.emulator;
