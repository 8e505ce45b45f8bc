package io.quarkiverse.posthog.runtime.rest;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogAuthenticationException;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.PostHogQuotaException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.support.Causes;
import io.quarkiverse.posthog.runtime.support.SecretMask;
import io.quarkiverse.posthog.runtime.support.UnexpectedFailure;
import io.vertx.core.VertxException;

/** Converts every failure of a request to a {@link PostHogException}. */
final class ApiExceptionMapper {

    private static final Set<String> ENVELOPE = Set.of("type", "code", "detail", "attr");

    /** The maximum length of an error page that is read. Proxies state the reason at the beginning. */
    private static final int MAX_PAGE = 4096;

    private final ResolvedAccountConfig account;
    private final Supplier<ObjectMapper> mapper;
    private final SecretMask mask;

    ApiExceptionMapper(ResolvedAccountConfig account, Supplier<ObjectMapper> mapper, SecretMask mask) {
        this.account = account;
        this.mapper = mapper;
        this.mask = mask;
    }

    /**
     * Returns the exception for a request without a usable response. The request may succeed later, even if the cause
     * is a defect of the client.
     */
    PostHogException translate(Operation<?> operation, Throwable failure) {
        if (failure instanceof PostHogException translated) {
            return translated;
        }
        if (Causes.find(failure, ResponseTooLargeException.class) != null) {
            return new PostHogResponseException(account.name(), operation.name(), "the response from "
                    + target(operation).getHost() + " was rejected: " + failure.getMessage(), null);
        }
        return new PostHogConnectionException(account.name(), operation.name(), unreachable(operation, failure),
                isTransport(failure) || isTimeout(failure) ? cause(failure) : UnexpectedFailure.of(failure, mask::message));
    }

    /** The exception for a request that was not sent, because its REST client can't be created for now. */
    PostHogConnectionException noClient(Operation<?> operation, Throwable failure) {
        return new PostHogConnectionException(account.name(), operation.name(), "the REST client could not be created ("
                + mask.message(failure.toString()) + "); the request was not sent; resolve the reported failure",
                UnexpectedFailure.of(failure, mask::message));
    }

    /** The exception for a response that is not successful. */
    PostHogException of(Operation<?> operation, ApiResponse response) {
        if (response.isRedirect()) {
            return redirect(operation, response);
        }
        if (!response.isError()) {
            return new PostHogResponseException(account.name(), operation.name(), target(operation).getHost()
                    + " responded with the unexpected status " + response.status() + "; check " + hostKey(operation)
                    + ", which may lead to a server that is not PostHog", null);
        }
        ApiError error = error(operation, response);
        return switch (error.status()) {
            case 401 -> new PostHogAuthenticationException(error);
            case 402 -> new PostHogQuotaException(error);
            case 403 -> new PostHogPermissionException(error);
            case 404 -> new PostHogNotFoundException(error);
            case 409 -> new PostHogConflictException(error);
            case 429 -> new PostHogRateLimitException(error, AccountNames.key(account.name(), limitKey(operation)));
            default -> error.status() >= 500 ? new PostHogServerException(error) : new PostHogValidationException(error);
        };
    }

    /** Returns the exception for a successful response with invalid or unexpected JSON. */
    PostHogResponseException unreadable(Operation<?> operation, ApiResponse response, Throwable failure) {
        String type = response.header(HttpHeaders.CONTENT_TYPE);
        return new PostHogResponseException(account.name(), operation.name(), "the response from "
                + target(operation).getHost() + " can't be read: " + reason(failure)
                + (isJson(type) ? "" : "; its content type is " + mask.message(type)) + "; check " + hostKey(operation)
                + ", which may lead to a server that is not PostHog", cause(failure));
    }

    private static boolean isJson(String contentType) {
        return contentType == null || contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON);
    }

    /** Returns the exception for a successful response without content. */
    PostHogResponseException empty(Operation<?> operation) {
        return new PostHogResponseException(account.name(), operation.name(), "the response is empty", null);
    }

    /**
     * Returns the error of a response. Not all endpoints use PostHog's error envelope: some use another form, and some plain
     * text.
     */
    private ApiError error(Operation<?> operation, ApiResponse response) {
        JsonNode body = json(response.body());
        String detail = body == null ? plain(response.text()) : text(body, "detail");
        if (body != null && detail == null) {
            detail = Stream.of(text(body, "error_description"), text(body, "error"),
                    text(body.path("query_status"), "error_message"))
                    .filter(Objects::nonNull).findFirst().orElse(null);
        }
        return new ApiError(account.name(), operation.name(), response.status(), mask.message(text(body, "type")),
                mask.message(text(body, "code")), mask.message(detail), mask.message(text(body, "attr")),
                RetryAfter.parse(response.header(HttpHeaders.RETRY_AFTER)), more(body));
    }

    /** Returns all other fields of the body, such as {@code extra}. */
    private Map<String, Object> more(JsonNode body) {
        Map<String, Object> more = new LinkedHashMap<>();
        if (body != null) {
            body.properties().stream().filter(field -> !ENVELOPE.contains(field.getKey()))
                    .forEach(field -> more.put(mask.message(field.getKey()),
                            masked(mapper.get().convertValue(field.getValue(), Object.class))));
        }
        return more;
    }

    /** Masks keys in a value. The JSON text could hide them with escapes. */
    private Object masked(Object value) {
        if (value instanceof String text) {
            return mask.message(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> masked = new LinkedHashMap<>();
            map.forEach((name, element) -> masked.put(mask.message(String.valueOf(name)), masked(element)));
            return masked;
        }
        if (value instanceof List<?> list) {
            List<Object> masked = new ArrayList<>(list.size());
            list.forEach(element -> masked.add(masked(element)));
            return masked;
        }
        return value;
    }

    /** Returns the text of a response, without the tags of the HTML pages that proxies send. */
    private static String plain(String body) {
        String beginning = body.substring(0, Math.min(body.length(), MAX_PAGE)).strip();
        if (!beginning.startsWith("<")) {
            return beginning;
        }
        StringBuilder text = new StringBuilder();
        boolean inTag = false;
        for (int i = 0; i < beginning.length(); i++) {
            char c = beginning.charAt(i);
            if (c == '<' || c == '>') {
                inTag = c == '<';
            }
            boolean isText = !inTag && c != '>' && !Character.isWhitespace(c);
            if (isText) {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        return text.toString().strip();
    }

    /** Returns the JSON object in the body; null if the body is not one. */
    private JsonNode json(byte[] body) {
        try {
            JsonNode node = mapper.get().readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (IOException | StackOverflowError e) {
            return null;
        }
    }

    private static String text(JsonNode node, String field) {
        return node != null && node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    private PostHogException redirect(Operation<?> operation, ApiResponse response) {
        return new PostHogResponseException(account.name(), operation.name(), "responded with a redirect ("
                + response.status() + ") to " + mask.message(withoutQuery(response.location()))
                + ", which is not followed so that the key stays with the host; set " + hostKey(operation)
                + " to the URL of PostHog", null);
    }

    private static String withoutQuery(String location) {
        if (location == null) {
            return "nowhere";
        }
        int end = 0;
        while (end < location.length() && location.charAt(end) != '?' && location.charAt(end) != '#') {
            end++;
        }
        return location.substring(0, end);
    }

    private String unreachable(Operation<?> operation, Throwable failure) {
        URI target = target(operation);
        if (isTimeout(failure)) {
            ApiEndpoint<?> endpoint = operation.endpoint();
            return "no response from " + target + " within " + endpoint.timeout().of(account).toMillis() + " ms; raise "
                    + endpoint.timeout().key(account) + " to wait longer";
        }
        return isTransport(failure)
                ? "can't reach " + target + " (" + reason(failure) + "); check " + hostKey(operation) + " and the network"
                : "no usable response from " + target + " (" + mask.message(failure.toString()) + "); check "
                        + hostKey(operation)
                        + " and the proxies on the way";
    }

    private static String limitKey(Operation<?> operation) {
        return operation.endpoint() == ApiEndpoint.FLAG_DEFINITIONS ? "flags.definitions.poll-interval" : "rate-limit.*";
    }

    private URI target(Operation<?> operation) {
        return operation.endpoint().base(account);
    }

    private String hostKey(Operation<?> operation) {
        return operation.endpoint().hostKey(account);
    }

    private static boolean isTimeout(Throwable failure) {
        return Causes.find(failure, TimeoutException.class) != null;
    }

    private static boolean isTransport(Throwable failure) {
        return Causes.find(failure, IOException.class) != null || Causes.find(failure, VertxException.class) != null;
    }

    /**
     * Returns the failure as the cause of the exception; null if its message contains a key or control characters,
     * because parsers quote text that they cannot read.
     */
    private Throwable cause(Throwable failure) {
        for (Throwable t : Causes.of(failure)) {
            String message = t.getMessage() == null ? "" : t.getMessage().replace('\n', ' ');
            if (!message.equals(mask.message(message))) {
                return null;
            }
        }
        return failure;
    }

    private String reason(Throwable failure) {
        List<Throwable> causes = Causes.of(failure);
        Throwable root = causes.get(causes.size() - 1);
        String message = root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
        JsonMappingException mapping = Causes.find(failure, JsonMappingException.class);
        String where = mapping == null ? ""
                : mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                        .limit(20)
                        .collect(Collectors.joining("."));
        return (where.isEmpty() ? "" : "in '" + mask.message(where) + "': ")
                + mask.message(message == null ? root.getClass().getSimpleName() : message);
    }
}
