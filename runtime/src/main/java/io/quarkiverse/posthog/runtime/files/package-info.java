/** Files that belong to one user. Uses nothing but the JDK. */
package io.quarkiverse.posthog.runtime.files;
