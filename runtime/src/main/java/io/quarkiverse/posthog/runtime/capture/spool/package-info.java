/** A log of records on disk. It depends only on the JDK and on the creation of private files, not on events. */
package io.quarkiverse.posthog.runtime.capture.spool;
