package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/**
 * Determines the ID that is hashed. The same ID always gets the same value.
 *
 * @param group the group type; {@code null} for other kinds, and if the definitions do not contain the group type
 * @param flag the key of the flag, for a persisted person; {@code null} for other kinds
 * @param missing the result if the input does not contain the ID
 */
public record BucketingKey(Kind kind, String group, String flag, Inconclusive missing) {

    public enum Kind {
        PERSON,
        /** A person, by the first ID of this person. */
        PERSISTED_PERSON,
        DEVICE,
        GROUP
    }

    private static final Inconclusive NO_DISTINCT_ID = Inconclusive.missing("the distinct ID is missing");

    public static final BucketingKey PERSON = new BucketingKey(Kind.PERSON, null, null, NO_DISTINCT_ID);
    public static final BucketingKey DEVICE = new BucketingKey(Kind.DEVICE, null, null,
            Inconclusive.missing("the device ID is missing"));

    public static BucketingKey persistedPerson(String flag) {
        return new BucketingKey(Kind.PERSISTED_PERSON, null, flag, NO_DISTINCT_ID);
    }

    public static BucketingKey group(String group) {
        return new BucketingKey(Kind.GROUP, group, null,
                Inconclusive.missing("the group of type '" + group + "' is missing"));
    }

    public static BucketingKey unknownGroup(int index) {
        return new BucketingKey(Kind.GROUP, null, null,
                Inconclusive.because("the definitions contain no group type with the index " + index));
    }

    public boolean isUnknown() {
        return kind == Kind.GROUP && group == null;
    }

    /** @return {@code null} if the input does not contain the ID */
    public String id(EvaluationInput input) {
        String id = switch (kind) {
            case PERSON -> input.distinctId();
            case PERSISTED_PERSON -> input.persistedIds().getOrDefault(flag, input.distinctId());
            case DEVICE -> input.deviceId();
            case GROUP -> group == null ? null : input.groups().get(group);
        };
        return id == null || id.isEmpty() ? null : id;
    }
}
