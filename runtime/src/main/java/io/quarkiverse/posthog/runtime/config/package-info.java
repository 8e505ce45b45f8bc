/** The configuration of the accounts and of the application, its validation and defaults. */
package io.quarkiverse.posthog.runtime.config;
