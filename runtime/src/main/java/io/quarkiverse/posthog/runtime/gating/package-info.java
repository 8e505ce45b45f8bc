/** Feature flags at REST endpoints and injection points. */
package io.quarkiverse.posthog.runtime.gating;
