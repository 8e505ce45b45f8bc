package io.quarkiverse.posthog.api;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.PostHogResponseException;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * A request to an endpoint. Immutable: each method that sets something returns a modified copy. A request is sent once per
 * subscription to its result.
 *
 * @param <R> the type of the request
 */
public interface RestRequest<R extends RestRequest<R>> {

    /**
     * Sets a variable of the path.
     *
     * @param name the name, without braces
     * @param value the value, such as an ID or a key, which becomes exactly one segment and is encoded
     * @throws IllegalArgumentException if the path does not contain the variable, or the value is blank or not one segment,
     *         such
     *         as {@code ..}
     */
    @CheckReturnValue
    R path(String name, Object value);

    /**
     * Sets a query parameter.
     *
     * @param name the name; {@code token}, {@code api_key} and {@code personal_api_key} are not permitted, because they contain
     *        keys and select another project
     * @param value the value: a collection, array or map is sent as JSON, as PostHog expects; null removes the parameter
     * @throws IllegalArgumentException if the parameter is not permitted or the value cannot be sent
     */
    @CheckReturnValue
    R query(String name, Object value);

    /**
     * Waits for the response for {@code query-timeout} instead of {@code read-timeout}. Use this for endpoints whose response
     * PostHog computes, such as the results of an insight.
     */
    @CheckReturnValue
    R longRunning();

    /**
     * Sends the request and converts the JSON of the response. Names in camel case match PostHog's names in snake case, such as
     * {@code dateMarker} and {@code date_marker}; annotations of Jackson are supported. Fields of the response without a
     * counterpart in the type are ignored.
     * <p>
     * Fails with {@link PostHogResponseException} if the response is empty or does not match the type.
     *
     * @param type a record, a class, {@link JsonNode} or {@link Map}
     */
    @CheckReturnValue
    <T> Uni<T> as(Class<T> type);

    /** Sends the request and returns the JSON object of the response as a map. */
    @CheckReturnValue
    Uni<Map<String, Object>> asMap();

    /**
     * Sends the request and returns the JSON of the response without secrets, such as for logs, user interfaces and AI agents.
     * The text of fields whose name indicates a secret, such as {@code secret_api_token}, {@code password} or {@code
     * slack_incoming_webhook}, and all keys of PostHog in other texts, such as {@code phc_...}, are replaced by {@code ***}.
     */
    @CheckReturnValue
    Uni<JsonNode> asMaskedJson();
}
