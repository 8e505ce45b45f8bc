/**
 * The format of capture requests. A {@code Protocol} defines the path, headers and body of a request and interprets the
 * response; there is one class for each version. {@code BatchEncoder} writes events, and each compression has a {@code
 * Compressor}.
 */
package io.quarkiverse.posthog.runtime.capture.wire;
