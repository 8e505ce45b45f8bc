/** The log messages of capturing, which are limited in number. */
package io.quarkiverse.posthog.runtime.capture.log;
