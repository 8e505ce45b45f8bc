/** The readiness check, which reports on the accounts that are in use. */
package io.quarkiverse.posthog.runtime.health;
