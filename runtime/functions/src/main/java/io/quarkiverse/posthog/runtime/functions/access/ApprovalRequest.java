package io.quarkiverse.posthog.runtime.functions.access;

import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;

/**
 * A question to a person.
 *
 * @param message describes what exactly the call does
 * @param extended the answer with which the person can also approve later calls: {@link Answer#SESSION} or
 *        {@link Answer#SCRIPT}
 */
public record ApprovalRequest(FunctionDefinition function, String account, String message, Answer extended) {
}
