package io.quarkiverse.posthog.runtime.functions;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogAuthenticationException;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.PostHogQuotaException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.featureflags.FeatureFlagInUseException;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Problem;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/** Converts failures to errors for callers, without keys. */
final class ErrorMapper {

    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);

    private static final SecretMask KEYS = new SecretMask(List.of());

    private static final int MAX_MESSAGE = 2_000;

    private ErrorMapper() {
    }

    static FunctionError error(Throwable failure, String account, String function) {
        return of(failure, account, function).at(account, function);
    }

    private static FunctionError of(Throwable failure, String account, String function) {
        if (failure instanceof FunctionException exception) {
            return exception.error();
        }
        if (failure instanceof PostHogApiException response) {
            return response(response);
        }
        if (failure instanceof PostHogMissingKeyException) {
            return FunctionError.of(Type.MISSING_KEY, failure.getMessage())
                    .hint("Ask the operator of this server to configure the key. You cannot do this yourself.");
        }
        if (failure instanceof PostHogConnectionException) {
            boolean late = failure.getCause() instanceof TimeoutException;
            return FunctionError.of(late ? Type.TIMEOUT : Type.CONNECTION, failure.getMessage())
                    .hint(late ? "Ask for less data, or try again later." : "Try again later.");
        }
        if (failure instanceof PostHogResponseException) {
            return FunctionError.of(Type.SERVER, failure.getMessage()).hint("Try again later.");
        }
        if (failure instanceof IllegalArgumentException) {
            return FunctionError.of(Type.VALIDATION, String.valueOf(failure.getMessage()))
                    .hint("Correct the arguments and call the function again.");
        }
        LOG.errorf(failure, "PostHog account '%s': %s failed unexpectedly; the caller gets an error", account, function);
        return FunctionError.of(Type.INTERNAL, "The function failed unexpectedly.")
                .hint("The log of the server contains the reason.");
    }

    private static FunctionError response(PostHogApiException failure) {
        FunctionError error = FunctionError.of(type(failure), failure.getMessage()).status(failure.status());
        if (failure.attr().isPresent()) {
            error = error.field(failure.attr().get());
        }
        if (failure.retryAfter().isPresent()) {
            error = error.retryAfter(seconds(failure.retryAfter().get()));
        }
        return error.hint(hint(failure));
    }

    private static long seconds(Duration delay) {
        return Math.max(1, (delay.toMillis() + 999) / 1000);
    }

    private static Type type(PostHogApiException failure) {
        if (failure instanceof FeatureFlagInUseException) {
            return Type.IN_USE;
        }
        if (failure instanceof PostHogValidationException) {
            return Type.VALIDATION;
        }
        if (failure instanceof PostHogAuthenticationException) {
            return Type.UNAUTHORIZED;
        }
        if (failure instanceof PostHogPermissionException) {
            return Type.PERMISSION;
        }
        if (failure instanceof PostHogNotFoundException) {
            return Type.NOT_FOUND;
        }
        if (failure instanceof PostHogConflictException) {
            return Type.CONFLICT;
        }
        if (failure instanceof PostHogRateLimitException) {
            return Type.RATE_LIMITED;
        }
        return failure instanceof PostHogQuotaException ? Type.QUOTA : Type.SERVER;
    }

    private static String hint(PostHogApiException failure) {
        return switch (type(failure)) {
            case IN_USE -> "Remove the dependency first; the message names it.";
            case VALIDATION -> "Correct the field that the message names.";
            case UNAUTHORIZED -> "Ask the operator of this server to check the key. You cannot do this yourself.";
            case PERMISSION -> ((PostHogPermissionException) failure).missingScope()
                    .map(scope -> "Ask the operator of this server to add the scope " + scope + " to the personal API key.")
                    .orElse("Ask the operator of this server to check the scopes and the project of the personal API key.");
            case NOT_FOUND -> "Search with the list function; the object may belong to another account or project.";
            case CONFLICT -> "Read the object, and retry the change with its current version.";
            case RATE_LIMITED -> "Wait before the next call, and ask for less.";
            case QUOTA -> "The plan or quota of the PostHog organization does not permit this.";
            default -> "Try again later.";
        };
    }

    /** Converts an error to the result of a call. */
    static FunctionResult result(FunctionError error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", error.type().name().toLowerCase(Locale.ROOT)).put("message", text(error.message()));
        json.put("account", error.account()).put("operation", error.operation());
        put(json, "status", error.status());
        put(json, "field", error.field());
        if (!error.allowed().isEmpty()) {
            error.allowed().forEach(json.withArray("allowed")::add);
        }
        put(json, "retry_after_seconds", error.retryAfterSeconds());
        put(json, "hint", error.hint());
        error.problems().stream().limit(50).forEach(problem -> json.withArray("problems").add(problem(problem)));
        ObjectNode content = JsonNodeFactory.instance.objectNode().set("error", json);
        return new FunctionResult(content, content.toString(), error);
    }

    private static ObjectNode problem(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("field", text(problem.field())).put("message",
                text(problem.message()));
        put(json, "expected", problem.expected());
        put(json, "example", problem.example());
        return json;
    }

    private static void put(ObjectNode json, String name, Object value) {
        if (value != null) {
            json.set(name, Results.mapper().valueToTree(value instanceof String text ? text(text) : value));
        }
    }

    private static String text(String text) {
        return KEYS.truncated(text, MAX_MESSAGE);
    }
}
