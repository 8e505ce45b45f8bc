package io.quarkiverse.posthog.benchmarks.sink;

/**
 * A request that has arrived in full.
 *
 * @param target the path, with the query if there is one
 * @param encoding the value of {@code Content-Encoding}, empty without
 * @param body as it was sent, without the framing of chunks
 */
record Request(String target, String encoding, byte[] body) {
}
