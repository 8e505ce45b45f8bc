package io.quarkiverse.posthog.runtime.context;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig;
import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.IdentityOrder;
import io.quarkiverse.posthog.runtime.context.RequestScopedState.Known;
import io.quarkiverse.posthog.runtime.context.WebSocketConnectionProvider.Connection;
import io.quarkiverse.posthog.runtime.support.LogText;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** The context of the active WebSocket connection or CDI request. It is only determined on first use. */
public final class RequestPostHogContext implements PostHogContext, RequestDataProvider {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.context");

    private final PostHogContextConfig config;
    private final Supplier<RequestScopedState> active;
    private final Supplier<HttpRequestInfo> http;
    private final CompositeIdentityResolver resolvers;
    private final HeaderConflictLogger conflict;

    /**
     * @param active returns the state of the active request; null if none is active
     * @param http returns the current HTTP request; null if there is none
     * @param resolvers find the person of a request that does not contain one
     */
    RequestPostHogContext(PostHogContextConfig config, Supplier<RequestScopedState> active, Supplier<HttpRequestInfo> http,
            CompositeIdentityResolver resolvers) {
        this.config = config;
        this.active = active;
        this.http = http;
        this.resolvers = resolvers;
        this.conflict = HeaderConflictLogger.of(config);
    }

    /** Creates the context of the requests of this application. */
    public static RequestPostHogContext of(PostHogContextConfig config) {
        ArcContainer container = Arc.container();
        Supplier<RequestScopedState> requests = RequestScopedState.ofActiveRequest();
        HttpRequestInfoProvider http = container.instance(HttpRequestInfoProvider.class).get();
        WebSocketConnectionProvider connections = container.instance(WebSocketConnectionProvider.class).get();
        return new RequestPostHogContext(config, () -> {
            Connection connection = connections == null ? null : connections.current();
            return connection != null ? connection.state() : requests.get();
        },
                () -> http == null ? null : http.current(),
                CompositeIdentityResolver.of(container));
    }

    @Override
    public RequestData data() {
        try {
            RequestScopedState state = active.get();
            return state == null ? RequestData.NONE : inRequest(state);
        } catch (RuntimeException e) {
            // For example, the request ended meanwhile, on another thread; its HTTP data is still available
            LOG.debug("The data of a request could not be determined", e);
            return httpDataOnly();
        }
    }

    private RequestData httpDataOnly() {
        try {
            return ofHttp(http.get());
        } catch (RuntimeException e) {
            LOG.debug("The data of an HTTP request could not be determined", e);
            return RequestData.NONE;
        }
    }

    private RequestData inRequest(RequestScopedState state) {
        Known known = state.get(this::first);
        if (known.identified() || !config.enabled()) {
            conflict.check(known.data(), http, resolvers);
            return known.data();
        }
        // Not stored, because the user may be authenticated later during the request
        return resolvers.resolve().map(known.data()::withIdentity)
                .orElseGet(() -> inHeaders(known.data(), http.get()));
    }

    @Override
    public RequestData data(HttpRequestInfo request) {
        return active.get() != null ? data() : ofHttp(request);
    }

    private RequestData ofHttp(HttpRequestInfo request) {
        Known known = first(request);
        return known.identified() ? known.data() : inHeaders(known.data(), request);
    }

    private Known first() {
        return first(http.get());
    }

    /** The data that the request contains. */
    private Known first(HttpRequestInfo request) {
        if (request == null || !config.enabled()) {
            return new Known(RequestData.NONE, false);
        }
        RequestData data = RequestData.NONE.withProperties(request.properties(config.properties()));
        if (!config.tracingHeaders()) {
            return new Known(data, false);
        }
        RequestData session = data.withSession(TracingHeaders.sessionId(request));
        String distinctId = config.identityOrder() == IdentityOrder.HEADERS_FIRST ? TracingHeaders.distinctId(request) : null;
        return new Known(session.withDistinctId(distinctId), distinctId != null);
    }

    private RequestData inHeaders(RequestData data, HttpRequestInfo request) {
        boolean asked = config.enabled() && config.tracingHeaders() && config.identityOrder() == IdentityOrder.IDENTITY_FIRST;
        return request == null || !asked ? data
                : data.withDistinctId(TracingHeaders.distinctId(request));
    }

    @Override
    public Optional<String> distinctId() {
        return Optional.ofNullable(data().distinctId());
    }

    @Override
    public Optional<String> sessionId() {
        return Optional.ofNullable(data().sessionId());
    }

    @Override
    public Map<String, String> groups() {
        return data().groups();
    }

    @Override
    public Map<String, Object> properties() {
        return data().properties();
    }

    @Override
    public void identify(String distinctId) {
        boolean placeholder = !DistinctIds.isBlank(distinctId) && DistinctIds.isIllegal(distinctId);
        if (placeholder) {
            LOG.warnf("The PostHogContext can't identify the person '%s', a placeholder on PostHog's list of illegal IDs; the"
                    + " request has no person; pass the ID of the person", LogText.of(distinctId));
        }
        change(data -> data.withDistinctId(placeholder ? null : distinctId), true);
    }

    @Override
    public void setSessionId(String sessionId) {
        change(data -> data.withSession(sessionId), false);
    }

    @Override
    public void addGroup(String type, String key) {
        if (DistinctIds.isIllegal(type) || DistinctIds.isIllegal(key)) {
            LOG.warnf(
                    "The PostHogContext can't add the group '%s' of type '%s', because one of them is blank or a placeholder on"
                            + " PostHog's list of illegal IDs; the request keeps its groups; pass the type and the key of the group",
                    LogText.of(String.valueOf(key)), LogText.of(String.valueOf(type)));
            return;
        }
        change(data -> data.withGroup(type, key), false);
    }

    @Override
    public void addProperty(String name, Object value) {
        change(data -> data.withProperties(Collections.singletonMap(name, value)), false);
    }

    @Override
    public void clear() {
        change(data -> RequestData.NONE, true);
    }

    /** @param identifies whether the person, or its absence, is final */
    private void change(UnaryOperator<RequestData> change, boolean identifies) {
        RequestScopedState state = active.get();
        if (state == null) {
            LOG.warn("PostHogContext was changed without an active CDI request context, and the change is ignored; set the "
                    + "distinct ID of the event or FlagContext, or activate the request context");
            return;
        }
        state.get(this::first);
        state.update(known -> known.change(change, identifies));
    }
}
