package io.quarkiverse.posthog.runtime.dev;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.flags.FlagContext;

/** Parses the input of the Dev UI. */
final class FlagContextParser {

    private final ObjectMapper mapper;

    FlagContextParser(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Parses the input.
     *
     * @throws IllegalArgumentException if a field is invalid; the message names the field
     */
    FlagContext read(String distinctId, String personProperties, String groups, String groupProperties) {
        if (distinctId == null || distinctId.isBlank()) {
            throw new IllegalArgumentException("The distinct ID must not be blank");
        }
        FlagContext context = FlagContext.of(distinctId).sendFeatureFlagEvents(false)
                .personProperties(object("The person properties", personProperties, new TypeReference<>() {
                }))
                .groups(object("The groups", groups, new TypeReference<Map<String, String>>() {
                }));
        Map<String, Map<String, Object>> ofGroups = object("The group properties", groupProperties,
                new TypeReference<>() {
                });
        for (Map.Entry<String, Map<String, Object>> group : ofGroups.entrySet()) {
            context = context.groupProperties(group.getKey(), group.getValue());
        }
        return context;
    }

    private <T> Map<String, T> object(String what, String json, TypeReference<Map<String, T>> type) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            Map<String, T> read = mapper.readValue(json, type);
            return read == null ? Map.of() : read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " must be a JSON object: " + e.getOriginalMessage());
        }
    }
}
