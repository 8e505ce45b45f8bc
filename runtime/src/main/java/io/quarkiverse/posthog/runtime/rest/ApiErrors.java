package io.quarkiverse.posthog.runtime.rest;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogApiException;
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
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.Operation.Service;
import io.vertx.core.VertxException;

/** Turns whatever a request fails with into a {@link PostHogException}. */
final class ApiErrors {

    /** PostHog's messages are a sentence; the HTML page of a proxy is not wanted in full. */
    private static final int MAX_DETAIL = 500;

    private static final Set<String> ENVELOPE = Set.of("type", "code", "detail", "attr");

    private final Account account;
    private final ObjectMapper mapper;
    private final SecretMask mask;

    ApiErrors(Account account, ObjectMapper mapper, SecretMask mask) {
        this.account = account;
        this.mapper = mapper;
        this.mask = mask;
    }

    /**
     * What the caller gets; what is translated already, invalid arguments, and what has nothing to do with PostHog
     * stay as they are.
     */
    Throwable translate(Operation operation, Throwable failure) {
        if (failure instanceof PostHogException || failure instanceof IllegalArgumentException) {
            return failure;
        }
        if (failure instanceof HttpFailure http) {
            return http.status() < 400 ? redirect(operation, http) : api(operation, error(operation, http));
        }
        boolean noJson = isUnreadable(failure);
        if (find(failure, JsonProcessingException.class) != null || failure instanceof WebApplicationException || noJson) {
            return new PostHogResponseException(account.name(), operation.name(), "the answer from "
                    + target(operation).getHost() + " can't be read: " + reason(failure) + (noJson
                            ? "; check " + hostKey(operation)
                                    + ", which may lead elsewhere than to PostHog"
                            : ""),
                    cause(failure));
        }
        if (isTransport(failure)) {
            return new PostHogConnectionException(account.name(), operation.name(), unreachable(operation, failure),
                    cause(failure));
        }
        // A programming error is not PostHog's, and repeating the request would not help
        return failure;
    }

    /** The answer was complete and successful, but empty where there should have been something. */
    PostHogResponseException empty(Operation operation) {
        return new PostHogResponseException(account.name(), operation.name(),
                "the answer is empty, though PostHog should have sent something", null);
    }

    private PostHogException api(Operation operation, ApiError error) {
        return switch (error.status()) {
            case 401 -> new PostHogAuthenticationException(error);
            case 402 -> new PostHogQuotaException(error);
            case 403 -> new PostHogPermissionException(error);
            case 404 -> new PostHogNotFoundException(error);
            case 409 -> new PostHogConflictException(error);
            case 429 -> new PostHogRateLimitException(error, AccountNames.key(account.name(), limitKey(operation)));
            default -> error.status() >= 500 ? new PostHogServerException(error)
                    : error.status() >= 400 ? new PostHogValidationException(error) : new PostHogApiException(error);
        };
    }

    /** PostHog's error envelope, as far as it is there: some endpoints answer in another form, some in plain text. */
    private ApiError error(Operation operation, HttpFailure failure) {
        JsonNode body = json(mask.mask(failure.body()));
        String detail = body == null ? plain(failure.body()) : text(body, "detail");
        if (body != null && detail == null) {
            detail = Stream.of(text(body, "error_description"), text(body, "error"),
                    text(body.path("query_status"), "error_message"))
                    .filter(Objects::nonNull).findFirst().orElse(null);
        }
        return new ApiError(account.name(), operation.name(), failure.status(), text(body, "type"), text(body, "code"),
                shorten(detail), text(body, "attr"), failure.retryAfter(), more(body));
    }

    /** What else there is in the body, such as {@code extra}. */
    private Map<String, Object> more(JsonNode body) {
        Map<String, Object> more = new LinkedHashMap<>();
        if (body != null) {
            body.properties().stream().filter(field -> !ENVELOPE.contains(field.getKey()))
                    .forEach(field -> more.put(field.getKey(), mapper.convertValue(field.getValue(), Object.class)));
        }
        return more;
    }

    /** The text of a page in HTML, which is what the proxies in front of PostHog answer with. */
    private static String plain(String body) {
        return body.stripLeading().startsWith("<") ? body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip() : body;
    }

    private JsonNode json(String body) {
        try {
            JsonNode node = mapper.readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String text(JsonNode node, String field) {
        return node != null && node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    private String shorten(String detail) {
        String masked = mask.mask(detail);
        return masked == null || masked.length() <= MAX_DETAIL ? masked : masked.substring(0, MAX_DETAIL) + "...";
    }

    private PostHogException redirect(Operation operation, HttpFailure failure) {
        return new PostHogResponseException(account.name(), operation.name(), "answered with a redirect (" + failure.status()
                + ") to " + mask.mask(withoutQuery(failure.location()))
                + ", which is not followed so that the key stays with the host; "
                + "set " + hostKey(operation) + " to where PostHog is", null);
    }

    private static String withoutQuery(String location) {
        return location == null ? "nowhere" : location.replaceAll("[?#].*", "");
    }

    private String unreachable(Operation operation, Throwable failure) {
        URI target = target(operation);
        if (find(failure, TimeoutException.class) != null) {
            return "no answer from " + target + " within " + timeout(operation).toMillis() + " ms; raise "
                    + AccountNames.key(account.name(), timeoutKey(operation)) + " to wait longer";
        }
        return "can't reach " + target + " (" + reason(failure) + "); check " + hostKey(operation) + " and the network";
    }

    private Duration timeout(Operation operation) {
        return switch (operation.service()) {
            case API -> account.readTimeout();
            case COMPUTING -> account.queryTimeout();
            case CAPTURE -> account.config().capture().timeout();
            case FLAGS -> account.config().flags().timeout();
            case FLAG_DEFINITIONS -> account.config().flags().definitions().timeout();
        };
    }

    private static String timeoutKey(Operation operation) {
        return switch (operation.service()) {
            case API, COMPUTING -> "read-timeout";
            case CAPTURE -> "capture.timeout";
            case FLAGS -> "flags.timeout";
            case FLAG_DEFINITIONS -> "flags.definitions.timeout";
        };
    }

    private static String limitKey(Operation operation) {
        return operation.service() == Service.FLAG_DEFINITIONS ? "flags.definitions.poll-interval" : "budget.*";
    }

    private URI target(Operation operation) {
        return operation.isIngestion() ? account.ingestion() : account.api();
    }

    private String hostKey(Operation operation) {
        return AccountNames.key(account.name(), operation.isIngestion() ? "ingestion-host" : "host");
    }

    /** No reader for the content type, which is how an HTML page with status 200 fails. */
    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProcessingException && !isTransport(failure.getCause());
    }

    private static boolean isTransport(Throwable failure) {
        return find(failure, IOException.class) != null || find(failure, TimeoutException.class) != null
                || find(failure, VertxException.class) != null;
    }

    /** Goes with the exception, unless it shows a key: a JSON parser repeats what it can't read. */
    private Throwable cause(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().equals(mask.mask(t.getMessage()))) {
                return null;
            }
        }
        return failure;
    }

    private String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
        JsonMappingException mapping = find(failure, JsonMappingException.class);
        String where = mapping == null ? ""
                : mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                        .collect(Collectors.joining("."));
        return (where.isEmpty() ? "" : "in '" + where + "': ")
                + shorten(message == null ? root.getClass().getSimpleName() : message);
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
