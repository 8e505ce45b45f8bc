/**
 * The services of the Dev UI, and the check of the accounts when the application starts in dev mode. Each page has a service
 * whose name ends with {@code JsonRpcService}; the {@code View} records are the JSON that the pages read. The pages are in
 * {@code deployment/src/main/resources/dev-ui}.
 */
package io.quarkiverse.posthog.runtime.dev;
