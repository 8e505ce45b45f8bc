package io.quarkiverse.posthog.runtime.capture.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Adds data of the current request to events. Data of the event takes precedence. */
final class RequestEnricher {

    private static final String GROUPS = "$groups";
    private static final String SESSION_ID = "$session_id";

    /** These have to name their person: with the person of the request by mistake, they could not be corrected later. */
    private static final Set<String> REQUIRES_EXPLICIT_DISTINCT_ID = Set.of("$identify", "$create_alias");

    private RequestEnricher() {
    }

    static CaptureEvent add(RequestData request, CaptureEvent event) {
        boolean unnamed = event.distinctId() == null;
        CaptureEvent named = unnamed && request.distinctId() != null && !REQUIRES_EXPLICIT_DISTINCT_ID.contains(event.event())
                ? event.distinctId(request.distinctId())
                : event;
        Map<String, Object> more = new LinkedHashMap<>();
        request.properties().forEach((name, value) -> {
            if (!named.properties().containsKey(name)) {
                more.put(name, value);
            }
        });
        if (request.sessionId() != null && !named.properties().containsKey(SESSION_ID)) {
            more.put(SESSION_ID, request.sessionId());
        }
        // The groups of the request apply only to the person of the request
        if (!request.groups().isEmpty() && (unnamed || named.distinctId().equals(request.distinctId()))) {
            more.put(GROUPS, groups(request, named.properties().get(GROUPS)));
        }
        return more.isEmpty() ? named : named.properties(more);
    }

    private static Map<String, Object> groups(RequestData request, Object own) {
        Map<String, Object> groups = new LinkedHashMap<>(request.groups());
        if (own instanceof Map<?, ?> more) {
            more.forEach((type, key) -> groups.put(String.valueOf(type), key));
        }
        return groups;
    }
}
