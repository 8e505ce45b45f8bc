package io.quarkiverse.posthog.runtime.flags.local.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * Whom a flag is evaluated for. The maps are read as they are, not copied: nobody may change them meanwhile.
 *
 * @param distinctId the person; may be null when only flags of groups or devices are asked for
 * @param deviceId the device; null when not known
 * @param groups the key of each group, by type
 * @param personProperties what is known of the person; a property that is not there is not known
 * @param groupProperties what is known of each group, by type
 * @param time for relative dates; asked at most once in an evaluation
 * @param complete whether there is no more to know, as for PostHog itself: a property that is not there does not
 *        exist
 * @param keptIds the id that is hashed instead of the distinct id, by the key of the flag, for flags that keep their
 *        value when somebody logs in; of use only when the input is complete
 */
public record EvaluationInput(String distinctId, String deviceId, Map<String, String> groups,
        Map<String, ?> personProperties, Map<String, ? extends Map<String, ?>> groupProperties, InstantSource time,
        boolean complete, Map<String, String> keptIds) {

    public EvaluationInput {
        groups = groups == null ? Map.of() : groups;
        personProperties = personProperties == null ? Map.of() : personProperties;
        groupProperties = groupProperties == null ? Map.of() : groupProperties;
        keptIds = keptIds == null ? Map.of() : keptIds;
        Objects.requireNonNull(time, "time");
    }

    /** What an application knows, which is not all there is. */
    public EvaluationInput(String distinctId, String deviceId, Map<String, String> groups,
            Map<String, ?> personProperties, Map<String, ? extends Map<String, ?>> groupProperties, InstantSource time) {
        this(distinctId, deviceId, groups, personProperties, groupProperties, time, false, null);
    }

    /** Somebody of whom nothing but the id is known. */
    public static EvaluationInput of(String distinctId, Instant now) {
        return new EvaluationInput(distinctId, null, null, null, null, InstantSource.fixed(now));
    }
}
