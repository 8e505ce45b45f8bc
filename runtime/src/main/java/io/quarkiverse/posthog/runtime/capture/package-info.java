/** The entry points of capturing. Everything that happens to an event afterwards is in a package below. */
package io.quarkiverse.posthog.runtime.capture;
