/**
 * The log messages of capturing, which are limited in number. {@code DropLog} summarizes dropped events and has the text of
 * each reason. {@code CaptureLogger} logs failed requests.
 */
package io.quarkiverse.posthog.runtime.capture.log;
