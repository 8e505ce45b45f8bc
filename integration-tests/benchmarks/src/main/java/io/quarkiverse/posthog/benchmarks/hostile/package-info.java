/**
 * Measures memory and blocked event loops while servers send large or slow responses. {@code HostileResponses} is the entry
 * point, and {@code HostileCase} lists the responses.
 */
package io.quarkiverse.posthog.benchmarks.hostile;
