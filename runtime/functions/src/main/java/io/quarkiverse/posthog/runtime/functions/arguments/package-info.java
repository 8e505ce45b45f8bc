/**
 * The arguments of calls: {@link io.quarkiverse.posthog.runtime.functions.arguments.ArgumentValidator} reports all problems
 * at once, and a {@link io.quarkiverse.posthog.runtime.functions.arguments.Cursor} contains the position in a list.
 */
package io.quarkiverse.posthog.runtime.functions.arguments;
