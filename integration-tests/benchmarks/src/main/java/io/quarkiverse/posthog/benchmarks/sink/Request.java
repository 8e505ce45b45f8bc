package io.quarkiverse.posthog.benchmarks.sink;

/**
 * A complete request.
 *
 * @param target the path, with the query if there is one
 * @param encoding the value of {@code Content-Encoding}, empty if there is none
 * @param body the body as sent, without chunk framing
 */
record Request(String target, String encoding, byte[] body) {
}
