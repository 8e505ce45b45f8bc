package io.quarkiverse.posthog.runtime.dev;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.capture.DeliveryAttempt;

/** Converts captured events for the Dev UI. */
final class EventViewMapper {

    private static final int SHOWN = 64 << 10;

    private static final TypeReference<Map<String, Object>> JSON = new TypeReference<>() {
    };

    private final ObjectMapper mapper;

    EventViewMapper(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    List<EventView> of(List<RecentEvent> events) {
        return events.stream().map(this::of).toList();
    }

    private EventView of(RecentEvent event) {
        return new EventView(event.id(), event.change(), event.account(), event.event().event(), event.event().distinctId(),
                event.event().timestamp() == null ? null : event.event().timestamp().toString(), event.seen().toString(),
                properties(event), event.state().name(), event.reason(), event.detail(), request(event.attempt()));
    }

    /**
     * Returns the properties; null if they are too large or cannot be converted to JSON, which is also a reason to drop an
     * event.
     */
    private Map<String, Object> properties(RecentEvent event) {
        try {
            return event.size() > SHOWN ? null : mapper.convertValue(event.event().properties(), JSON);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static EventView.Request request(DeliveryAttempt attempt) {
        return attempt == null ? null
                : new EventView.Request(attempt.path(), attempt.attempt(), attempt.events().size(), attempt.compressedBytes(),
                        attempt.duration().toMillis(), attempt.status().isPresent() ? attempt.status().getAsInt() : null);
    }
}
