/** Persons, read with a personal API key. */
package io.quarkiverse.posthog.persons;
