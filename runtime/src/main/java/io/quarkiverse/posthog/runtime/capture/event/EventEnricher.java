package io.quarkiverse.posthog.runtime.capture.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Completes events: adds missing data, and fixes the data that must not change in retries. */
public final class EventEnricher {

    public static final String LIBRARY = "quarkus-posthog";

    private static final String PROCESS_PERSON_PROFILE = "$process_person_profile";
    public static final String IGNORE_SENT_AT = "$ignore_sent_at";
    private static final String GEOIP_DISABLE = "$geoip_disable";

    private final PropertyNormalizer values;
    private final Map<String, Object> library;
    private final Map<String, Object> libraryWithoutGeoip;
    private final boolean geoip;

    public EventEnricher(Supplier<ObjectMapper> mapper, String version, boolean geoip) {
        this.values = new PropertyNormalizer(mapper);
        CaptureEvent template = CaptureEvent.of("").property("$lib", LIBRARY).property("$lib_version", version)
                .property("$is_server", true);
        this.library = template.properties();
        this.libraryWithoutGeoip = template.property(GEOIP_DISABLE, true).properties();
        this.geoip = geoip;
    }

    /**
     * @param request supplies the data of the current request
     * @throws IllegalArgumentException when the event can't be sent, saying why
     */
    public CaptureEvent enrich(CaptureEvent event, RequestData request) {
        CaptureEvent frozen = values.normalize(identified(request.isEmpty() ? event : RequestEnricher.add(request, event)));
        boolean located = geoip || frozen.properties().containsKey(GEOIP_DISABLE);
        CaptureEvent complete = complete(frozen.properties(located ? library : libraryWithoutGeoip));
        // PostHog corrects times by how far the clock of the sender is off; one that the caller set is exact
        return event.timestamp() == null || event.properties().containsKey(IGNORE_SENT_AT) ? complete
                : complete.property(IGNORE_SENT_AT, true);
    }

    /** Whether a property can be sent. */
    boolean isWritable(String name, Object value) {
        try {
            values.normalize(CaptureEvent.of("").property(name, value));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Checks an event again that a hook returned. Without a distinct ID, it is anonymous: the hook removed the person. */
    CaptureEvent checked(CaptureEvent event) {
        CaptureEvent changed = DistinctIds.isBlank(event.distinctId())
                ? new CaptureEvent(event.event(), null, event.properties(), event.timestamp(), event.uuid())
                : event;
        return complete(values.normalize(identified(changed)));
    }

    /** Adds only missing data to an event that was captured elsewhere. */
    CaptureEvent completed(CaptureEvent event) {
        return event.properties().containsKey("$lib") ? complete(values.normalize(identified(event)))
                : enrich(event, RequestData.NONE);
    }

    private static CaptureEvent complete(CaptureEvent event) {
        if (event.uuid() != null && event.timestamp() != null) {
            return event;
        }
        return new CaptureEvent(event.event(), event.distinctId(), event.properties(),
                event.timestamp() == null ? Instant.now() : event.timestamp(),
                event.uuid() == null ? UuidV7.next() : event.uuid());
    }

    private static CaptureEvent identified(CaptureEvent event) {
        EventIdentity.check(event);
        if (!DistinctIds.isBlank(event.distinctId())) {
            return event;
        }
        if (event.event().equals(EventIdentity.GROUP_IDENTIFY)) {
            return event.distinctId("$" + event.properties().get("$group_type") + "_" + event.properties().get("$group_key"));
        }
        CaptureEvent anonymous = event.distinctId(UUID.randomUUID().toString());
        return event.properties().containsKey(PROCESS_PERSON_PROFILE) ? anonymous : anonymous.personless();
    }
}
