/** Typed events: interfaces of the application that declare its events, and that the extension implements. */
package io.quarkiverse.posthog.tracking;
