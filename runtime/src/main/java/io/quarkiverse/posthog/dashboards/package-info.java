/** The dashboards of a project and their tiles, read with a personal API key. */
package io.quarkiverse.posthog.dashboards;
