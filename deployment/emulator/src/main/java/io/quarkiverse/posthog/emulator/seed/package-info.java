/** The demo shop, which is the optional initial data of an emulator. */
package io.quarkiverse.posthog.emulator.seed;
