package io.quarkiverse.posthog.runtime.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.impl.ContextInternal;

/**
 * An HTTP request of a REST client and its response. It uses Vert.x directly for features that the REST client does not
 * have: the maximum size of the response, the path after a redirect, and canceling a request before it has a connection.
 *
 * <pre>
 * WAITING --connected--> SENT --response, failure, cancellation--> ENDED
 *    \---------------cancellation, timeout--------------------------^      reset when it gets a connection
 * </pre>
 */
final class Exchange {

    /** Hands the exchange from {@link #start} to {@link Binder}, which the REST client calls on the same thread. */
    private static final ThreadLocal<Exchange> STARTING = new ThreadLocal<>();

    private enum State {
        WAITING,
        SENT,
        ENDED
    }

    private final Limit limit;
    private final Limit errorLimit;
    private final String movedTo;
    private final String template;
    private final UniEmitter<? super ApiResponse> emitter;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final ByteArrayOutputStream errorBody = new ByteArrayOutputStream(0);
    private volatile HttpClientRequest request;
    private volatile HttpClientResponse response;
    private volatile Cancellable call;
    private volatile boolean connecting;
    private long received;

    /**
     * Creates an exchange.
     *
     * @param limit the maximum size of a successful response
     * @param errorLimit the size at which any other response is truncated
     * @param movedTo the path and query that replace the path and query of the call; null for no change
     * @param template the path without values, by which metrics and spans group requests; null for the path of the REST
     *        interface
     * @param emitter receives the response
     */
    Exchange(Limit limit, Limit errorLimit, String movedTo, String template, UniEmitter<? super ApiResponse> emitter) {
        this.limit = limit;
        this.errorLimit = errorLimit;
        this.movedTo = movedTo;
        this.template = template;
        this.emitter = emitter;
    }

    /**
     * Sends the request.
     *
     * @param request calls a method of a REST client
     * @param ended called at the end, even after a cancellation
     */
    void start(Supplier<Uni<Response>> request, Runnable ended) {
        emitter.onTermination(() -> {
            ended.run();
            end();
        });
        Exchange outer = STARTING.get();
        STARTING.set(this);
        try {
            call = request.get().subscribe().with(this::completed, this::failed);
        } catch (Throwable e) {
            failed(e);
        } finally {
            if (outer == null) {
                STARTING.remove();
            } else {
                STARTING.set(outer);
            }
        }
    }

    /** Ends the exchange with a failure. */
    void abort(Throwable failure) {
        emitter.fail(failure);
    }

    /**
     * Releases the connection. A call of the REST client that has no connection yet continues until it gets one. If it were
     * canceled earlier, it would keep its place in the connection pool.
     */
    private void end() {
        State before = state.getAndSet(State.ENDED);
        Cancellable running = call;
        if (before == State.SENT) {
            // The call then ends with a failure. If it were canceled, Mutiny would log this failure
            request.reset();
        } else if (before == State.WAITING && !connecting && running != null) {
            running.cancel();
        }
    }

    private void connected(HttpClientRequest connected) {
        request = connected;
        if (!state.compareAndSet(State.WAITING, State.SENT)) {
            connected.reset();
            return;
        }
        if (movedTo != null) {
            // With a proxy without a tunnel, the request has an absolute URI
            String uri = connected.getURI();
            connected.setURI(uri.startsWith("/") ? movedTo : URI.create(uri).resolve(movedTo).toString());
        }
        connected.response().onSuccess(this::responding);
    }

    private void responding(HttpClientResponse head) {
        response = head;
        head.handler(this::received);
    }

    private void received(Buffer bytes) {
        received += bytes.length();
        if (isError(response)) {
            int room = (int) Math.min(bytes.length(), errorLimit.bytes() - errorBody.size());
            errorBody.writeBytes(bytes.getBytes(0, room));
            if (received > errorLimit.bytes()) {
                emitter.complete(error());
            }
        } else if (received > limit.bytes()) {
            emitter.fail(new ResponseTooLargeException(limit.bytes(), limit.key()));
        }
    }

    private static boolean isError(HttpClientResponse response) {
        return response.statusCode() < 200 || response.statusCode() >= 300;
    }

    private ApiResponse error() {
        HttpClientResponse head = response;
        return new ApiResponse(request.absoluteURI(), head.statusCode(), head::getHeader, errorBody.toByteArray());
    }

    private void completed(Response result) {
        state.set(State.ENDED);
        try {
            emitter.complete(response != null && isError(response) ? error() : ApiResponse.of(result));
        } catch (IOException | RuntimeException e) {
            emitter.fail(e);
        }
    }

    /** Ends the exchange after a failure. A response with an error status can be used without the rest of its body. */
    private void failed(Throwable failure) {
        state.set(State.ENDED);
        HttpClientResponse head = response;
        if (head != null && head.statusCode() >= 400) {
            emitter.complete(error());
        } else {
            emitter.fail(failure);
        }
    }

    /** A maximum number of bytes, and the configuration key that sets it. */
    record Limit(long bytes, String key) {
    }

    /** Connects a call of a REST client with its exchange. */
    static final class Binder implements ClientRequestFilter {

        /** Before all filters that read the template. */
        static final int PRIORITY = 0;

        private static final String KEY = Exchange.class.getName();

        /** The names by which the REST client hands the template to metrics and spans. */
        private static final String TEMPLATE = "UrlPathTemplate";
        private static final String CONTEXT_TEMPLATE = "ClientUrlPathTemplate";

        @Override
        public void filter(ClientRequestContext request) {
            Exchange exchange = STARTING.get();
            Context context = ((ResteasyReactiveClientRequestContext) request).getContext();
            if (exchange != null && context != null) {
                exchange.connecting = true;
                ((ContextInternal) context).localContextData().put(KEY, exchange);
                if (exchange.template != null) {
                    request.setProperty(TEMPLATE, exchange.template);
                    context.putLocal(CONTEXT_TEMPLATE, exchange.template);
                }
            }
        }

        /** Called on the context of the call. */
        static void connected(HttpClientRequest request) {
            ContextInternal context = (ContextInternal) Vertx.currentContext();
            if (context != null && context.localContextData().get(KEY) instanceof Exchange exchange) {
                exchange.connected(request);
            }
        }
    }
}
