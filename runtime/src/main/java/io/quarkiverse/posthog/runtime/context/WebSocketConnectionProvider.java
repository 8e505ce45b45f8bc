package io.quarkiverse.posthog.runtime.context;

/** Finds the WebSocket connection of the current thread. A bean exists only in applications with WebSockets Next. */
public interface WebSocketConnectionProvider {

    /** The connection of the callback that is running; null outside of the callbacks of a connection. */
    Connection current();

    /**
     * A WebSocket connection.
     *
     * @param state the context of the connection, for as long as it is open
     * @param handshake the HTTP request that opened the connection; null for connections to other servers
     */
    record Connection(RequestScopedState state, HttpRequestInfo handshake) {
    }
}
