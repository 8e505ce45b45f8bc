package io.quarkiverse.posthog.runtime.flags;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.context.PropertyOverrides;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/**
 * The context of the caller, merged with data of the current request.
 *
 * @param context the context of the caller
 * @param distinctId the person; null if there is none
 */
record EvaluationRequest(FlagContext context, String distinctId, Map<String, Object> personProperties,
        Map<String, Map<String, Object>> groupProperties) {

    private static final Set<String> NOTHING = FlagContext.create().flagKey(null).flagKeys();

    static EvaluationRequest of(FlagContext given, RequestData request, PropertyOverrides overrides) {
        String distinctId = DistinctIds.isBlank(given.distinctId()) ? request.distinctId() : given.distinctId();
        FlagContext context = isOfRequest(distinctId, request) && !request.groups().isEmpty() ? inGroups(given, request)
                : given;
        if (overrides.isEmpty()) {
            return new EvaluationRequest(context, distinctId, context.personProperties(), context.groupProperties());
        }
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>(overrides.groupProperties());
        context.groupProperties().forEach((type, properties) -> groups.merge(type, properties, EvaluationRequest::merged));
        return new EvaluationRequest(context, distinctId, merged(overrides.personProperties(), context.personProperties()),
                groups);
    }

    /** Whether a key is blank by mistake, rather than as the marker for evaluating no flag. */
    static boolean hasBlankKey(FlagContext context) {
        for (String key : context.flagKeys()) {
            if (key.isBlank()) {
                return !NOTHING.equals(context.flagKeys());
            }
        }
        return false;
    }

    /** Whether there is no person, or no flag, to evaluate. */
    boolean isEmpty() {
        return distinctId == null || NOTHING.equals(context.flagKeys());
    }

    /** The groups of a request belong to its person only. */
    private static boolean isOfRequest(String distinctId, RequestData request) {
        return distinctId != null && distinctId.equals(request.distinctId());
    }

    private static FlagContext inGroups(FlagContext context, RequestData request) {
        Map<String, String> groups = new LinkedHashMap<>(request.groups());
        groups.putAll(context.groups());
        return context.groups(groups);
    }

    private static Map<String, Object> merged(Map<String, Object> before, Map<String, Object> more) {
        Map<String, Object> merged = new LinkedHashMap<>(before);
        merged.putAll(more);
        return merged;
    }

    /** Includes groups without properties. */
    EvaluationInput input(InstantSource time) {
        Map<String, Map<String, Object>> groups = groupProperties;
        if (!context.groups().isEmpty() && !groups.keySet().containsAll(context.groups().keySet())) {
            groups = new LinkedHashMap<>(groups);
            for (String type : context.groups().keySet()) {
                groups.putIfAbsent(type, Map.of());
            }
        }
        return new EvaluationInput(distinctId, context.deviceId(), context.groups(), personProperties, groups, time);
    }

    /** Returns the runtime for which PostHog evaluates. */
    EvaluationRuntime remoteRuntime() {
        return context.runtime() == null ? EvaluationRuntime.SERVER : context.runtime();
    }

    /** @param contexts the evaluation contexts of the application */
    FlagRequest request(String token, List<String> contexts) {
        return new FlagRequest(token, distinctId, context.deviceId(), context.groups(), personProperties, groupProperties,
                !context.geoip(), context.flagKeys(), contexts,
                remoteRuntime().code());
    }
}
