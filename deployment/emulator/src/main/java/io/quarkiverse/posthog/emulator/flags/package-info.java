/**
 * Feature flags for clients. {@code DefinitionsApi} serves flag definitions, which {@code DefinitionsWriter} creates, and
 * {@code FlagEvaluationApi} evaluates flags with the evaluator of the extension. Managing flags is part of {@code api}, and
 * values that a test sets are in {@code store}.
 */
package io.quarkiverse.posthog.emulator.flags;
