package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/**
 * Determines the ID that is hashed; the same ID always gets the same value.
 *
 * @param group the type of the group; null for other kinds, or when PostHog did not say which it is
 * @param keptFor the key of the flag whose value a person keeps; null for other kinds
 * @param missing what to say when there is no such id
 */
public record BucketingKey(Kind kind, String group, String keptFor, Inconclusive missing) {

    public enum Kind {
        PERSON,
        /** A person, by the id that they had at first. */
        KEPT_PERSON,
        DEVICE,
        GROUP
    }

    private static final Inconclusive NO_DISTINCT_ID = Inconclusive.because("the distinct id is not given");

    public static final BucketingKey PERSON = new BucketingKey(Kind.PERSON, null, null, NO_DISTINCT_ID);
    public static final BucketingKey DEVICE = new BucketingKey(Kind.DEVICE, null, null,
            Inconclusive.because("the device id is not given"));

    public static BucketingKey keptPerson(String flag) {
        return new BucketingKey(Kind.KEPT_PERSON, null, flag, NO_DISTINCT_ID);
    }

    public static BucketingKey group(String group) {
        return new BucketingKey(Kind.GROUP, group, null,
                Inconclusive.because("no group of type '" + group + "' is given"));
    }

    public static BucketingKey unknownGroup(int index) {
        return new BucketingKey(Kind.GROUP, null, null,
                Inconclusive.because("the definitions contain no group type with the index " + index));
    }

    public boolean isUnknown() {
        return kind == Kind.GROUP && group == null;
    }

    /** @return null when there is none */
    public String id(EvaluationInput input) {
        String id = switch (kind) {
            case PERSON -> input.distinctId();
            case KEPT_PERSON -> input.keptIds().getOrDefault(keptFor, input.distinctId());
            case DEVICE -> input.deviceId();
            case GROUP -> group == null ? null : input.groups().get(group);
        };
        return id == null || id.isEmpty() ? null : id;
    }
}
