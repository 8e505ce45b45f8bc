/** Internal: classes that Quarkus, CDI and JUnit call. */
package io.quarkiverse.posthog.testing.hooks;
