/** The standard libraries, which {@link io.quarkiverse.posthog.lua.engine.library.Libraries} installs. */
package io.quarkiverse.posthog.lua.engine.library;
