package io.quarkiverse.posthog.flags;

import java.util.Map;
import java.util.Optional;

import io.smallrye.common.annotation.Experimental;

/**
 * A typed flag value and how it was determined, in OpenFeature's terms.
 *
 * @param key the flag key
 * @param value the value of the flag, or the default value of the caller
 * @param variant the key of the variant; empty if there is none, or if the value is the default value of the caller
 * @param reason the reason of the value
 * @param errorCode the error because of which the value is the default value of the caller; empty without an error
 * @param errorMessage the description of the error; empty without an error
 * @param flagMetadata the available metadata of the flag, as strings and numbers: {@code id}, {@code version}, {@code
 *        config_version}, {@code reason_code}, {@code condition_index}, {@code rule_type}, {@code rule_id}, {@code
 *        experiment_id}, {@code variant_key} and {@code holdout_id}
 */
@Experimental("PostHog's specification of typed flag values is not final")
public record FlagDetails<T>(String key, T value, Optional<String> variant, Reason reason, Optional<ErrorCode> errorCode,
        Optional<String> errorMessage, Map<String, Object> flagMetadata) {

    public FlagDetails {
        flagMetadata = ImmutableMapCopy.of(flagMetadata);
    }

    /** OpenFeature's reasons. */
    public enum Reason {

        /** A condition or rule of the flag matches. */
        TARGETING_MATCH,

        /** The person takes part in an experiment, which determined the variant. */
        SPLIT,

        /** No condition or rule matches. */
        DEFAULT,

        /** The flag is disabled. */
        DISABLED,

        /** PostHog returned a reason that is not supported. */
        UNKNOWN,

        /** See {@link FlagDetails#errorCode()}. */
        ERROR
    }

    /** OpenFeature's error codes. */
    public enum ErrorCode {

        /** The flag is not in the snapshot. */
        FLAG_NOT_FOUND,

        /** PostHog's response for the flag is malformed. */
        PARSE_ERROR,

        /** The value of the flag has another type. */
        TYPE_MISMATCH,

        /** The {@link FlagContext} does not contain a group that the flag needs. */
        INVALID_CONTEXT,

        /** PostHog could not evaluate the flag. */
        GENERAL
    }
}
