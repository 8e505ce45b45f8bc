package io.quarkiverse.posthog.runtime.resources;

/**
 * An item of a list.
 *
 * @param id the ID by which the item is recognized on another page; null if it has none
 */
record ListItem<T>(Object id, T value) {
}
