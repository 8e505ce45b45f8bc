package io.quarkiverse.posthog.runtime.rest;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.smallrye.mutiny.Uni;

/**
 * Runs the HTTP exchanges of an account, follows redirects on the same host, and aborts all exchanges when the account closes.
 */
final class ExchangeRunner {

    private static final int MAX_REDIRECTS = 3;

    private final ResolvedAccountConfig account;
    private final Function<String, Optional<? extends Throwable>> closed;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();

    /** @param closed returns the failure of an operation if the account is closed */
    ExchangeRunner(ResolvedAccountConfig account, Function<String, Optional<? extends Throwable>> closed) {
        this.account = account;
        this.closed = closed;
    }

    /** Sends a request. The timeout covers everything up to the last byte of the response, including redirects. */
    <C> Uni<ApiResponse> run(Operation<C> operation, C client, Function<C, Uni<Response>> request) {
        return run(operation, client, request, null, 0)
                .ifNoItem().after(operation.endpoint().attemptTimeout(account)).failWith(TimeoutException::new);
    }

    private <C> Uni<ApiResponse> run(Operation<C> operation, C client, Function<C, Uni<Response>> request, String path,
            int redirects) {
        return Uni.createFrom().<ApiResponse> emitter(emitter -> {
            Exchange exchange = new Exchange(limit(operation.endpoint().maxResponseSize()), limit(ApiEndpoint.MAX_ERROR_SIZE),
                    path, request instanceof ApiCall call ? call.path().template() : null, emitter);
            exchanges.add(exchange);
            exchange.start(() -> request.apply(client), () -> exchanges.remove(exchange));
            // The account may have been closed before the exchange was added
            closed.apply(operation.name()).ifPresent(exchange::abort);
        }).onItem().transformToUni(response -> {
            String location = redirects < MAX_REDIRECTS && response.isMoved() ? Redirects.path(response) : null;
            return location == null ? Uni.createFrom().item(response)
                    : run(operation, client, request, location, redirects + 1);
        });
    }

    private Exchange.Limit limit(ApiEndpoint.Setting<Long> setting) {
        return new Exchange.Limit(setting.of(account), setting.key(account));
    }

    void abort(Throwable failure) {
        exchanges.forEach(exchange -> exchange.abort(failure));
    }
}
