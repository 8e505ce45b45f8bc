/** The build steps of the scripts. */
package io.quarkiverse.posthog.deployment.lua;
