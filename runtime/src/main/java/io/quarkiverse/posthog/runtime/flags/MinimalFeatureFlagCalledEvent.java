package io.quarkiverse.posthog.runtime.flags;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.CaptureEvent;

/** Builds the minimal form of {@code $feature_flag_called}, which contains only the properties that PostHog needs. */
final class MinimalFeatureFlagCalledEvent {

    private static final Set<String> KEPT = Set.of(
            "$feature_flag", "$feature_flag_response", "$feature_flag_has_experiment", "$feature_flag_id",
            "$feature_flag_version", "$feature_flag_reason", "$feature_flag_request_id", "$feature_flag_evaluated_at",
            "$feature_flag_error", "locally_evaluated",
            "$groups", "$process_person_profile", "$session_id", "$lib", "$lib_version", "$is_server", "$geoip_disable",
            "$os", "$os_version", "$os_distro", "$runtime", "$runtime_version", "$java_version",
            "$referring_domain", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
            "gad_source", "mc_cid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "twclid", "li_fat_id",
            "igshid", "ttclid", "rdt_cid", "epik", "qclid", "sccid", "irclid", "_kx");

    private MinimalFeatureFlagCalledEvent() {
    }

    static CaptureEvent of(CaptureEvent event) {
        Map<String, Object> kept = new LinkedHashMap<>();
        event.properties().forEach((name, value) -> {
            if (KEPT.contains(name)) {
                kept.put(name, value);
            }
        });
        return new CaptureEvent(event.event(), event.distinctId(), kept, event.timestamp(), event.uuid());
    }
}
