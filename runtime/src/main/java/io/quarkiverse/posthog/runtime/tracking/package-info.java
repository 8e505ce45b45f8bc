/** Typed events: the methods that the generated implementations of tracking plans call. */
package io.quarkiverse.posthog.runtime.tracking;
