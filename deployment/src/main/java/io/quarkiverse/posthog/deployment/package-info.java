/**
 * The build steps, one processor for each concern. {@code PostHogProcessor} registers the accounts. Beans that need an
 * optional extension are registered with {@code ConditionalBeans}, and {@code JsonModelsProcessor} lists the types that
 * Jackson reads and writes. Build items connect the processors.
 */
package io.quarkiverse.posthog.deployment;
