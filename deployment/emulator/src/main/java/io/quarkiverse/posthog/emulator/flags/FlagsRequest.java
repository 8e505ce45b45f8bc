package io.quarkiverse.posthog.emulator.flags;

import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.FlagsError;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.http.ServiceJson;
import io.vertx.core.MultiMap;

/**
 * The person, device and groups that flags are evaluated for.
 *
 * @param deviceId {@code null} if missing
 * @param anonymousId the distinct ID before the login, {@code null} if missing
 * @param groups the group keys by type
 * @param keys the flags to evaluate, {@code null} for all
 * @param contexts the contexts, of which a flag with contexts needs one; empty for any
 * @param runtime the runtime of the client, {@code null} if unknown
 * @param disabled whether to check only the token, which is not billed
 */
record FlagsRequest(String distinctId, String deviceId, String anonymousId, Map<String, String> groups,
        JsonNode personProperties, JsonNode groupProperties, Set<String> keys, Set<String> contexts,
        FlagRuntime runtime, boolean disabled) {

    /** Reads the body of a request, which needs the project token. */
    static FlagsRequest of(ReceivedBody body, MultiMap headers, String projectToken) {
        body.problem().ifPresent(problem -> {
            throw ApiException.text(problem.status(), "Failed to decode request: " + problem.message());
        });
        JsonNode json = json(body);
        String token = text(json, "token", "api_key", "$token").orElseThrow(FlagsError::missingToken);
        if (!token.equals(projectToken)) {
            throw FlagsError.invalidToken();
        }
        boolean disabled = json.path("disable_flags").booleanValue();
        String distinctId = text(json, "distinct_id", "$distinct_id").or(() -> Optional.of("").filter(none -> disabled))
                .orElseThrow(() -> FlagsError.badRequest("The distinct_id field is missing from the request."));
        Map<String, String> groups = new LinkedHashMap<>();
        object(json, "groups").properties().stream().filter(group -> group.getValue().isValueNode())
                .forEach(group -> groups.put(group.getKey(), group.getValue().asText("")));
        JsonNode personProperties = object(json, "person_properties");
        String deviceId = text(json, "$device_id", "device_id").or(() -> text(personProperties, "$device_id")).orElse(null);
        return new FlagsRequest(distinctId, deviceId, text(json, "$anon_distinct_id", "anon_distinct_id").orElse(null),
                groups, personProperties, object(json, "group_properties"),
                texts(json, "flag_keys_to_evaluate").orElse(null),
                texts(json, "evaluation_contexts").orElse(Set.of()),
                text(json, "evaluation_runtime").map(FlagRuntime::of).orElseGet(() -> FlagRuntime.of(headers)),
                disabled);
    }

    private static JsonNode json(ReceivedBody body) {
        try {
            JsonNode json = ServiceJson.parse(body.utf8());
            if (json.isObject()) {
                return json;
            }
            throw FlagsError.badRequest("Failed to parse request: it is not a JSON object");
        } catch (CharacterCodingException e) {
            throw FlagsError.badRequest("Failed to parse request: it is not UTF-8");
        } catch (JsonProcessingException e) {
            throw FlagsError.badRequest("Failed to parse request: it is not a JSON object: " + e.getOriginalMessage());
        }
    }

    /** Returns the first of these fields that is present, also if it is a number. */
    private static Optional<String> text(JsonNode json, String... names) {
        for (String name : names) {
            JsonNode value = json.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return Optional.of(value.asText());
            }
        }
        return Optional.empty();
    }

    private static JsonNode object(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            throw FlagsError.badRequest("Failed to parse request: '" + name + "' is not an object");
        }
        return value;
    }

    private static Optional<Set<String>> texts(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        } else if (!value.isArray()) {
            throw FlagsError.badRequest("Failed to parse request: '" + name + "' is not an array");
        }
        Set<String> texts = new LinkedHashSet<>();
        value.forEach(text -> texts.add(text.asText()));
        return Optional.of(texts);
    }
}
