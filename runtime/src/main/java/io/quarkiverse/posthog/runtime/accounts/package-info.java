/**
 * The accounts of the application: the registry that creates, finds and closes them, and the client of an account,
 * which consists of the components of the packages below.
 */
package io.quarkiverse.posthog.runtime.accounts;
