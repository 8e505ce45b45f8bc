package io.quarkiverse.posthog.deployment.devservices.emulator.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Personal API keys: who calls, and may they. */
public final class Access {

    private static final String BEARER = "Bearer ";
    private static final String BODY_OR_QUERY_KEY = "personal_api_key";

    private final ApiKey defaultKey;
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();

    public Access(String defaultKey) {
        this.defaultKey = new ApiKey(defaultKey, Set.of(ApiKey.ALL_SCOPES));
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

    /** The key of the request: from the header, else from the body, else from the query. */
    public ApiKey authenticate(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.startsWith(BEARER)) {
            return known(header.substring(BEARER.length()).trim(), "Authorization header");
        }
        String inBody = RequestBody.of(context).json().map(body -> body.get(BODY_OR_QUERY_KEY))
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
