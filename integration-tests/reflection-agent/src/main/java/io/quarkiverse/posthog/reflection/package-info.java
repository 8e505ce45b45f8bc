/**
 * A Java agent that records what a native executable must register at build time: reflection, resources, services and
 * proxies. Start with {@link io.quarkiverse.posthog.reflection.ReflectionAgent}.
 */
package io.quarkiverse.posthog.reflection;
