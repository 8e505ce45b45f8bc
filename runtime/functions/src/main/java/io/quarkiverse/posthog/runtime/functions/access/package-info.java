/**
 * Who may call which function of which account: the configured {@link
 * io.quarkiverse.posthog.runtime.functions.access.AccessPolicy}, the question to a person with an {@link
 * io.quarkiverse.posthog.runtime.functions.access.Approver}, and the approvals of a session.
 */
package io.quarkiverse.posthog.runtime.functions.access;
