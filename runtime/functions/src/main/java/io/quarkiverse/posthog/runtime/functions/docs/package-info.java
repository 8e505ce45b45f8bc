/** Schemas and documentation, derived from the catalog. */
package io.quarkiverse.posthog.runtime.functions.docs;
