package io.quarkiverse.posthog.runtime.flags.local.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * The person, device and groups that flags are evaluated for. The maps are not copied and must not change during the
 * evaluation.
 *
 * @param distinctId the distinct ID of the person, of which PostHog uses the first 200 characters; {@code null} if unknown,
 *        which is sufficient for device and group flags
 * @param deviceId the device ID; {@code null} if unknown
 * @param groups the group keys by type
 * @param personProperties the available properties of the person; an absent property is unknown
 * @param groupProperties the available properties of each group, by type
 * @param time the clock for relative dates, which is read at most once for each evaluation
 * @param complete whether all properties are available, as they are for PostHog itself, so that an absent property does not
 *        exist
 * @param persistedIds the ID that is hashed instead of the distinct ID, by flag key, for flags with experience continuity;
 *        used only if the input is complete
 */
public record EvaluationInput(String distinctId, String deviceId, Map<String, String> groups,
        Map<String, ?> personProperties, Map<String, ? extends Map<String, ?>> groupProperties, InstantSource time,
        boolean complete, Map<String, String> persistedIds) {

    /** The maximum number of code points of a distinct ID. */
    private static final int MAX_DISTINCT_ID = 200;

    public EvaluationInput {
        distinctId = truncated(distinctId);
        groups = groups == null ? Map.of() : groups;
        personProperties = personProperties == null ? Map.of() : personProperties;
        groupProperties = groupProperties == null ? Map.of() : groupProperties;
        persistedIds = persistedIds == null ? Map.of() : persistedIds;
        Objects.requireNonNull(time, "time");
    }

    /** Creates the incomplete input of an application. */
    public EvaluationInput(String distinctId, String deviceId, Map<String, String> groups,
            Map<String, ?> personProperties, Map<String, ? extends Map<String, ?>> groupProperties, InstantSource time) {
        this(distinctId, deviceId, groups, personProperties, groupProperties, time, false, null);
    }

    private static String truncated(String id) {
        return id == null || id.length() <= MAX_DISTINCT_ID || id.codePointCount(0, id.length()) <= MAX_DISTINCT_ID ? id
                : id.substring(0, id.offsetByCodePoints(0, MAX_DISTINCT_ID));
    }

    /** Creates the input for a person without any properties. */
    public static EvaluationInput of(String distinctId, Instant now) {
        return new EvaluationInput(distinctId, null, null, null, null, InstantSource.fixed(now));
    }
}
