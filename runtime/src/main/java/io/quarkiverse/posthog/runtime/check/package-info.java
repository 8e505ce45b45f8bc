/** Checks of an account: its configuration, keys and connection. */
package io.quarkiverse.posthog.runtime.check;
