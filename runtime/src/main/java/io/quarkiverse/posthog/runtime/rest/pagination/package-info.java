/**
 * Lists that PostHog returns page by page. {@code Paginator} is used for all of them, except for events, whose pages
 * {@code runtime.resources.EventPaginator} reads by time.
 */
package io.quarkiverse.posthog.runtime.rest.pagination;
