/** The emulator's own API under {@code /_emulator/}, for tests and for inspection. */
package io.quarkiverse.posthog.emulator.control;
