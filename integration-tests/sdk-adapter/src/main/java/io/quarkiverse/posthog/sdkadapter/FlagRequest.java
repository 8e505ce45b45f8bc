package io.quarkiverse.posthog.sdkadapter;

import static io.quarkiverse.posthog.sdkadapter.Required.required;

import java.util.Map;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.flags.FlagContext;

/** A flag that a test evaluates, and the person. */
@JsonNaming(SnakeCaseStrategy.class)
public record FlagRequest(String key, String distinctId, Map<String, Object> personProperties, Map<String, String> groups,
        Map<String, Map<String, Object>> groupProperties, Boolean disableGeoip, boolean forceRemote) {

    FlagContext toContext() {
        FlagContext context = FlagContext.of(required("distinct_id", distinctId))
                .personProperties(personProperties)
                .groups(groups)
                .geoip(!Boolean.TRUE.equals(disableGeoip));
        if (groupProperties != null) {
            for (Map.Entry<String, Map<String, Object>> group : groupProperties.entrySet()) {
                context = context.groupProperties(group.getKey(), group.getValue());
            }
        }
        return forceRemote ? context.onlyEvaluateRemotely() : context;
    }
}
