/** Shares definitions of flags by Redis. Loaded only in an application that has the extension {@code quarkus-redis-client}. */
package io.quarkiverse.posthog.runtime.redis;
