package io.quarkiverse.posthog.context;

import java.util.Map;
import java.util.Optional;

/**
 * The person and other data of the current request. They apply to events and flag evaluations without a distinct ID, and
 * events that are captured during the request contain properties of the request.
 *
 * <pre>
 * {@literal @}Inject
 * PostHogContext context;
 *
 * context.identify(customer.id());
 * posthog.capture(CaptureEvent.of("order placed")); // of the customer
 * </pre>
 * <p>
 * During an HTTP request, it initially contains the data of the request: the headers {@code X-POSTHOG-DISTINCT-ID} and
 * {@code X-POSTHOG-SESSION-ID}, which PostHog's browser SDK sends, then the result of beans of type
 * {@link PostHogIdentityResolver}, then the authenticated user, as configured with {@code quarkus.posthog.context}. Use
 * this data to attribute events, never for authorization.
 * <p>
 * It belongs to the active CDI request context, ends with it, and is propagated to other threads with it. In the
 * callbacks of a WebSocket connection of WebSockets Next, it belongs to the connection, begins with the handshake, and ends
 * when the connection is closed. Outside a request or connection, it is empty, and changing it has no effect except a warning.
 * All methods can be called on any thread.
 */
public interface PostHogContext {

    /** Returns the distinct ID; empty if no user can be identified. */
    Optional<String> distinctId();

    /** Returns the session ID of PostHog's browser SDK, which events contain as {@code $session_id}; empty if there is none. */
    Optional<String> sessionId();

    /** Returns the group keys of the person, by group type. */
    Map<String, String> groups();

    /** Returns the additional properties of events. Properties of an event take precedence. */
    Map<String, Object> properties();

    /**
     * Sets the distinct ID for the rest of the request; null or blank for no person. A placeholder that PostHog never
     * merges, such as {@code "undefined"}, also means no person, and is logged. The groups are kept.
     */
    void identify(String distinctId);

    /** Sets the session ID for the rest of the request; null or blank for none. */
    void setSessionId(String sessionId);

    /**
     * Adds a group of the person for the rest of the request. A blank type or key, or a placeholder such as {@code "null"},
     * is ignored and logged.
     *
     * @param type the group type, such as {@code company}
     * @param key the group of that type
     */
    void addGroup(String type, String key);

    /** Adds a property to events of the rest of the request that do not have it themselves. */
    void addProperty(String name, Object value);

    /** Removes all data, including the data of the request. */
    void clear();
}
