/**
 * The build steps for dev mode: the card and pages of the Dev UI, and the check of the accounts at startup. Their services
 * run in the application and are in {@code runtime.dev}.
 */
package io.quarkiverse.posthog.deployment.dev;
