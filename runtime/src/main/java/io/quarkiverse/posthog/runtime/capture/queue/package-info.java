/** The queues of events that are not sent yet, in memory and on disk. */
package io.quarkiverse.posthog.runtime.capture.queue;
