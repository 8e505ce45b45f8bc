/** The data of the current request: person, session, groups and properties of events. */
package io.quarkiverse.posthog.runtime.context;
