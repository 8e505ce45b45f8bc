/** Registration of the OpenFeature provider. */
package io.quarkiverse.posthog.runtime.openfeature;
