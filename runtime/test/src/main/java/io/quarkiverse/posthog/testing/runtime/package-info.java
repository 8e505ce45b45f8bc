/** Internal: the account of the application under test, and its emulator. */
package io.quarkiverse.posthog.testing.runtime;
