/**
 * Managing feature flags with a personal API key: reading, creating, changing, deleting and restoring them.
 * To evaluate flags, see {@code io.quarkiverse.posthog.flags}.
 */
package io.quarkiverse.posthog.featureflags;
