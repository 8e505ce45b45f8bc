/**
 * The functions of PostHog that agents and scripts call, from the view of an application: {@link
 * io.quarkiverse.posthog.functions.FunctionAuthorizer} decides who may call which function.
 */
package io.quarkiverse.posthog.functions;
