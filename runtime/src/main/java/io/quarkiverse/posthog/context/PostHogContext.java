package io.quarkiverse.posthog.context;

import java.util.Map;
import java.util.Optional;

/**
 * Whom the current request is about. Events and flag evaluations that do not name anybody themselves are for them, and each
 * event captured during the request says which request it was.
 *
 * <pre>
 * {@literal @}Inject
 * PostHogContext context;
 *
 * context.identify(customer.id());
 * posthog.capture(CaptureEvent.of("order placed")); // of the customer
 * </pre>
 * <p>
 * During an HTTP request it starts with what the request says: the headers {@code X-POSTHOG-DISTINCT-ID} and
 * {@code X-POSTHOG-SESSION-ID}, which PostHog's browser library sends, then the beans of type
 * {@link PostHogIdentityResolver}, then the authenticated user, as configured with {@code quarkus.posthog.context}. None of
 * this is proof of an identity: it says whom analytics count, never what somebody may do.
 * <p>
 * It belongs to the CDI request that is active, ends with it, and follows it over threads as the CDI request does. In the
 * callbacks of a WebSocket connection of WebSockets Next, it belongs to the connection, begins with the handshake, and ends
 * when the connection is closed. Outside of a request or connection it is empty, and changing it does nothing, which is logged.
 * All methods may be called from any thread.
 */
public interface PostHogContext {

    /** The person; empty when nobody is known. */
    Optional<String> distinctId();

    /** The session of PostHog's browser library, which events get as {@code $session_id}; empty when there is none. */
    Optional<String> sessionId();

    /** The key of each group the person acts for, by group type. */
    Map<String, String> groups();

    /** What events get in addition to their own properties, which win. */
    Map<String, Object> properties();

    /**
     * Sets the person of the request from now on; null or blank for no person. A placeholder that PostHog never merges, such as
     * {@code "undefined"}, also means no person, and is logged. The groups are kept.
     */
    void identify(String distinctId);

    /** The session is this one, from now on; null or blank for none. */
    void session(String sessionId);

    /**
     * Sets a group of the person from now on. A blank type or key, or a placeholder such as {@code "null"}, is ignored and
     * logged.
     *
     * @param type the group type, such as {@code company}
     * @param key the group of that type
     */
    void group(String type, String key);

    /** Events get this property as well, from now on, unless they have it themselves. */
    void property(String name, Object value);

    /** Forgets everything, also what the request says of itself. */
    void clear();
}
