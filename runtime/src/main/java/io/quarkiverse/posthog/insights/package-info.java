/** The saved insights of a project and their results, read with a personal API key. */
package io.quarkiverse.posthog.insights;
