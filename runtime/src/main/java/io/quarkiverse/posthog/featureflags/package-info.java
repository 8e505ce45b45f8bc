/**
 * Managing feature flags with a personal API key: reading, creating, changing, deleting and restoring them.
 * What a flag is for somebody is a matter of {@code io.quarkiverse.posthog.flags}.
 */
package io.quarkiverse.posthog.featureflags;
