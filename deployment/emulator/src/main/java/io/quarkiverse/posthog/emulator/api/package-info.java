/** The private REST API, one class for each resource. */
package io.quarkiverse.posthog.emulator.api;
