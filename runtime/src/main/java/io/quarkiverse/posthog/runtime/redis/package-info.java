/** Shares flag definitions through Redis; loaded only in applications with {@code quarkus-redis-client}. */
package io.quarkiverse.posthog.runtime.redis;
