/**
 * Checks of an account: its configuration, keys and connection. {@code AccountChecker} sends the requests and assembles the
 * report. Each subject has a class: {@code LocalChecks} needs no request, and the others, such as {@code ScopesCheck},
 * evaluate the result of a request.
 */
package io.quarkiverse.posthog.runtime.check;
