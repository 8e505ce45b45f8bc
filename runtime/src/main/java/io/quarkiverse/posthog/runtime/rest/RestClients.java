package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/** The REST clients of an account: one for each endpoint that it has the key for. */
public final class RestClients implements Closeable {

    private final Map<ApiEndpoint<?>, Object> clients;
    private final Closeable closing;

    private RestClients(Map<ApiEndpoint<?>, Object> clients, Closeable closing) {
        this.clients = Map.copyOf(clients);
        this.closing = closing;
    }

    /** Builds the clients of an account. */
    public static RestClients of(ResolvedAccountConfig account, RestClientFactory factory) {
        Map<ApiEndpoint<?>, Object> clients = new HashMap<>();
        for (ApiEndpoint<?> endpoint : ApiEndpoint.ALL) {
            endpoint.key().of(account).ifPresent(key -> clients.put(endpoint, factory.build(endpoint, key)));
        }
        return new RestClients(clients, factory);
    }

    /** Returns an instance without clients. */
    public static RestClients none() {
        return new RestClients(Map.of(), () -> {
        });
    }

    /** Returns a copy with an additional client. */
    public <C> RestClients with(ApiEndpoint<C> endpoint, C client) {
        Map<ApiEndpoint<?>, Object> more = new HashMap<>(clients);
        more.put(endpoint, client);
        return new RestClients(more, closing);
    }

    /** The client of an endpoint that the account has the key for. */
    <C> C get(ApiEndpoint<C> endpoint) {
        return endpoint.api().cast(clients.get(endpoint));
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
