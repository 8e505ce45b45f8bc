/**
 * The functions, one class for each subject: {@link
 * io.quarkiverse.posthog.runtime.functions.catalog.StandardFunctions} lists them.
 */
package io.quarkiverse.posthog.runtime.functions.catalog;
