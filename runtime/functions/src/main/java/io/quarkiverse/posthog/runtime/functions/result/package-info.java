/**
 * Results of limited size, without keys and, unless configured otherwise, without personal data: {@link
 * io.quarkiverse.posthog.runtime.functions.result.Results} writes all of them.
 */
package io.quarkiverse.posthog.runtime.functions.result;
