/**
 * The Dev Service, which starts an emulator for each account without keys. {@code PostHogDevServicesProcessor} is the build
 * step, {@code EmulatorDecision} decides for which accounts, and {@code PostHogBuildTimeConfig} has the configuration
 * properties.
 */
package io.quarkiverse.posthog.deployment.devservices;
