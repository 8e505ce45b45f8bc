/** Error tracking: exception events, and the sources of automatically captured exceptions. */
package io.quarkiverse.posthog.runtime.errors;
