/**
 * Scripts in Lua that call the functions of PostHog. Inject {@link io.quarkiverse.posthog.lua.PostHogScripts} to run them.
 */
package io.quarkiverse.posthog.lua;
