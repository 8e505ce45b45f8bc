package io.quarkiverse.posthog.emulator.flags;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.Project;

/**
 * Writes the response to a flag request, in each of its versions.
 *
 * @param flags empty if the project has exceeded its quota, or the request disables flags
 */
record FlagsResponseBody(Project project, UUID requestId, List<EvaluatedFlag> flags, boolean quotaLimited) {

    /** With a reason for each flag, version 2 of the endpoint. */
    ObjectNode reasoned() {
        return byKey(EvaluatedFlag::toJson);
    }

    /** With a typed value for each flag, version 3 of the endpoint. */
    ObjectNode typed() {
        return byKey(EvaluatedFlag::toTypedJson);
    }

    private ObjectNode byKey(Function<EvaluatedFlag, ObjectNode> toJson) {
        ObjectNode json = EmulatorJson.object();
        ObjectNode byKey = json.putObject("flags");
        flags.forEach(flag -> byKey.set(flag.key(), toJson.apply(flag)));
        addErrors(json);
        addQuota(json);
        if (project.flagSettings().minimalCalledEvents()) {
            json.put("minimalFlagCalledEvents", true);
        }
        return addRequest(json);
    }

    /** Values and payloads. */
    ObjectNode values() {
        ObjectNode json = EmulatorJson.object();
        ObjectNode values = json.putObject("featureFlags");
        ObjectNode payloads = json.putObject("featureFlagPayloads");
        flags.forEach(flag -> {
            values.set(flag.key(), flag.plainValue());
            if (flag.value().payloadJson() != null) {
                payloads.put(flag.key(), flag.value().payloadJson());
            }
        });
        addErrors(json);
        addQuota(json);
        return addRequest(json);
    }

    /** The values of those that are on. */
    ObjectNode valuesOfEnabled() {
        ObjectNode json = EmulatorJson.object();
        ObjectNode values = json.putObject("featureFlags");
        flags.stream().filter(flag -> flag.value().enabled())
                .forEach(flag -> values.set(flag.key(), flag.plainValue()));
        addQuota(json);
        return addRequest(json);
    }

    /** The keys of those that are on. */
    ObjectNode keysOfEnabled() {
        ObjectNode json = EmulatorJson.object();
        ArrayNode keys = json.putArray("featureFlags");
        flags.stream().filter(flag -> flag.value().enabled()).forEach(flag -> keys.add(flag.key()));
        addQuota(json);
        return addRequest(json);
    }

    private void addErrors(ObjectNode json) {
        json.put("errorsWhileComputingFlags",
                project.flagSettings().errorsWhileComputing() || flags.stream().anyMatch(EvaluatedFlag::hasFailed));
    }

    private void addQuota(ObjectNode json) {
        if (quotaLimited) {
            json.putArray("quotaLimited").add("feature_flags");
        }
    }

    private ObjectNode addRequest(ObjectNode json) {
        return json.put("requestId", requestId.toString()).put("evaluatedAt", project.now().toEpochMilli());
    }
}
