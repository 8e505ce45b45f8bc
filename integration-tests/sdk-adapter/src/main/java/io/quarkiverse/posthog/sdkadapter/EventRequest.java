package io.quarkiverse.posthog.sdkadapter;

import static io.quarkiverse.posthog.sdkadapter.Required.required;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event that a test captures.
 *
 * @param options the fields that protocol v1 separates from the properties; the extension reads them from properties
 * @param uuid the UUID; null to let the extension generate one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EventRequest(String distinctId, String event, Map<String, Object> properties, OffsetDateTime timestamp,
        Map<String, Object> options, UUID uuid) {

    private static final Map<String, String> PROPERTIES_OF_OPTIONS = Map.of(
            "cookieless_mode", "$cookieless_mode",
            "disable_skew_correction", "$ignore_sent_at",
            "process_person_profile", "$process_person_profile",
            "product_tour_id", "$product_tour_id");

    CaptureEvent toCaptureEvent() {
        CaptureEvent captured = new CaptureEvent(required("event", event), required("distinct_id", distinctId),
                properties, timestamp == null ? null : timestamp.toInstant(), uuid);
        if (options != null) {
            for (Map.Entry<String, Object> option : options.entrySet()) {
                captured = captured.property(property(option.getKey()), option.getValue());
            }
        }
        return captured;
    }

    private static String property(String option) {
        String property = PROPERTIES_OF_OPTIONS.get(option);
        if (property == null) {
            throw new IllegalArgumentException("There is no option '" + option + "'");
        }
        return property;
    }
}
