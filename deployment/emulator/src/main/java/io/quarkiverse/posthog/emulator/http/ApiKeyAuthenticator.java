package io.quarkiverse.posthog.emulator.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Authenticates and authorizes personal API keys. */
public final class ApiKeyAuthenticator {

    private static final String BEARER = "Bearer ";
    private static final String BODY_OR_QUERY_KEY = "personal_api_key";

    private final ApiKey defaultKey;
    private final ApiKey secureKey;
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();

    /** @param secureKey the key of the project that only few endpoints take in place of a personal one */
    public ApiKeyAuthenticator(String defaultKey, String secureKey) {
        this.defaultKey = new ApiKey(defaultKey, Set.of(ApiKey.ALL_SCOPES));
        this.secureKey = new ApiKey(secureKey, Set.of("feature_flag:read"));
        reset();
    }

    public void reset() {
        keys.clear();
        add(defaultKey);
    }

    public void add(ApiKey key) {
        keys.put(key.value(), key);
    }

    public Collection<ApiKey> keys() {
        return keys.values();
    }

    public ApiKey secureKey() {
        return secureKey;
    }

    /** Returns the key in the header without checking it. */
    public static Optional<String> bearer(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER)).map(header -> header.substring(BEARER.length()).trim());
    }

    /** A personal key, or the secure key of the project. */
    public Optional<ApiKey> find(String value) {
        return Optional.ofNullable(secureKey.value().equals(value) ? secureKey : keys.get(value));
    }

    /** The personal key of the request: from the header, else from the body, else from the query. */
    public ApiKey authenticate(RoutingContext context) {
        Optional<String> inHeader = bearer(context);
        if (inHeader.isPresent()) {
            return known(inHeader.get(), "Authorization header");
        }
        String inBody = ReceivedBody.of(context).json().map(body -> body.get(BODY_OR_QUERY_KEY))
                .filter(JsonNode::isTextual).map(JsonNode::textValue).orElse(null);
        if (inBody != null) {
            return known(inBody, "body");
        }
        String inQuery = context.queryParams().get(BODY_OR_QUERY_KEY);
        if (inQuery != null) {
            return known(inQuery, "query string");
        }
        throw ApiException.unauthenticated();
    }

    private ApiKey known(String value, String place) {
        ApiKey key = keys.get(value);
        if (key == null) {
            throw ApiException
                    .authenticationFailed("Personal API key found in request " + place + " is invalid.");
        }
        return key;
    }
}
