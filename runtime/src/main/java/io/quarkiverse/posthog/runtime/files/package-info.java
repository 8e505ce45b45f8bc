/** Files that only one user can access. Uses only the JDK. */
package io.quarkiverse.posthog.runtime.files;
