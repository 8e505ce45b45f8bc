/** Threads, timers and clock of an account. */
package io.quarkiverse.posthog.runtime.background;
