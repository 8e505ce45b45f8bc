/**
 * Scripts that try to exhaust the time or memory of an application with a heap of 128 MB. {@code ScriptAttacks} is the entry
 * point, {@code ScriptAttack} lists the scripts, and {@code ScriptAttackClient} runs them in a process of their own.
 */
package io.quarkiverse.posthog.benchmarks.scripts;
