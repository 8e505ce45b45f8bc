package io.quarkiverse.posthog.emulator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** A request of the private API, as its handlers want to read it. */
public final class ApiRequest {

    private static final Set<String> FALSE = Set.of("false", "0", "no", "");

    private static final String KEY = ApiKey.class.getName();

    private final RoutingContext context;

    public ApiRequest(RoutingContext context) {
        this.context = context;
    }

    static void authenticated(RoutingContext context, ApiKey key) {
        context.put(KEY, key);
    }

    /** The key that the request is made with. */
    public ApiKey key() {
        return context.get(KEY);
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    public String method() {
        return context.request().method().name();
    }

    /** Returns a path parameter, which must be an integer; for other values, the resource does not exist. */
    public long pathId(String name) {
        return integer(path(name)).orElseThrow(ApiException::notFound);
    }

    public Optional<String> param(String name) {
        return Optional.ofNullable(context.queryParams().get(name));
    }

    /** Returns a parameter that is present and not empty. */
    public Optional<String> text(String name) {
        return param(name).filter(value -> !value.isBlank());
    }

    /** Returns whether the parameter is present, with any value, which is sufficient for some of PostHog's parameters. */
    public boolean present(String name) {
        return context.queryParams().contains(name);
    }

    public boolean truthy(String name) {
        return param(name).map(value -> !FALSE.contains(value.toLowerCase(Locale.ROOT))).orElse(false);
    }

    /** A non-negative integer, or the default for anything else. */
    public int count(String name, int otherwise) {
        OptionalLong value = integer(param(name).orElse(""));
        return value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= Integer.MAX_VALUE
                ? (int) value.getAsLong()
                : otherwise;
    }

    /** Returns a JSON parameter. Other text is rejected with 400. */
    public Optional<JsonNode> json(String name) {
        return text(name).map(value -> EmulatorJson.tryParse(value)
                .orElseThrow(() -> ApiException.invalid("invalid_input", "'" + name + "' is not valid JSON.", name)));
    }

    public Optional<Instant> date(String name, Instant now) {
        return text(name).map(value -> TimestampFormats.parameter(name, value, now));
    }

    /** Returns the JSON object of the body, which is empty without a body. */
    public ObjectNode body() {
        ReceivedBody received = ReceivedBody.of(context);
        received.problem().ifPresent(problem -> {
            throw problem.status() == 413 ? ApiException.tooLarge() : ApiException.parseError(problem.message());
        });
        String text = received.text();
        if (text.isBlank()) {
            return EmulatorJson.object();
        }
        String type = context.request().getHeader("Content-Type");
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ApiException.unsupportedMediaType(type);
        }
        try {
            JsonNode body = EmulatorJson.parse(text);
            if (body instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.invalid("Invalid data. Expected a dictionary, but got "
                    + body.getNodeType().name().toLowerCase(Locale.ROOT) + ".");
        } catch (JsonProcessingException e) {
            throw ApiException.parseError(e.getOriginalMessage());
        }
    }

    /** The absolute URL of this request with other parameters, as PostHog builds it from the request headers. */
    public String urlWith(Map<String, String> changed) {
        Map<String, String> params = new LinkedHashMap<>();
        context.queryParams().forEach(param -> params.put(param.getKey(), param.getValue()));
        params.putAll(changed);
        String query = params.entrySet().stream().map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                .collect(Collectors.joining("&"));
        return origin() + context.request().path().replaceFirst("^/api/environments/", "/api/projects/") + "?" + query;
    }

    private String origin() {
        HttpServerRequest request = context.request();
        String scheme = Optional.ofNullable(request.getHeader("X-Forwarded-Proto")).orElse("http");
        String host = Optional.ofNullable(request.getHeader("X-Forwarded-Host"))
                .orElseGet(() -> request.authority() == null ? "localhost" : request.authority().toString());
        return scheme + "://" + host;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static OptionalLong integer(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.trim()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A uuid in its canonical form of 36 characters; {@link UUID#fromString} alone would take shorter ones. */
    public static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
