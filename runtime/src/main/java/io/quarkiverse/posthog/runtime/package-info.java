/**
 * The recorders, which create the beans of the extension. The packages below are internal as well, and may change in any
 * release.
 */
package io.quarkiverse.posthog.runtime;
