package io.quarkiverse.posthog.runtime.functions.access;

import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;

/**
 * A question to a person.
 *
 * @param message describes what exactly the call does
 */
public record ApprovalRequest(FunctionDefinition function, String account, String message) {
}
