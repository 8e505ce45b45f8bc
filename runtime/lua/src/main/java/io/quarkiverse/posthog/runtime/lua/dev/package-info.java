/** The service of the Dev UI page, which is only a bean in dev mode. */
package io.quarkiverse.posthog.runtime.lua.dev;
