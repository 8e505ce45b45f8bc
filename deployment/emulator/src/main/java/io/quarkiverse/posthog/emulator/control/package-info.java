/** The emulator's own API under {@code /_emulator/}, for tests and for the curious. */
package io.quarkiverse.posthog.emulator.control;
