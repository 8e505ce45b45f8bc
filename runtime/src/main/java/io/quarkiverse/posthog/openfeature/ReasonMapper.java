package io.quarkiverse.posthog.openfeature;

import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ImmutableMetadata.ImmutableMetadataBuilder;
import dev.openfeature.sdk.Reason;
import io.quarkiverse.posthog.flags.FlagReason;
import io.quarkiverse.posthog.flags.FlagResult;

/** Converts PostHog's reasons to OpenFeature's reasons. */
final class ReasonMapper {

    private ReasonMapper() {
    }

    static Reason of(FlagResult flag) {
        return switch (flag.reason().map(FlagReason::code).orElse("")) {
            // The rollout percentages determine the variant
            case "condition_match" -> flag.variant().isPresent() ? Reason.SPLIT : Reason.TARGETING_MATCH;
            case "super_condition_value" -> Reason.TARGETING_MATCH;
            case "out_of_rollout_bound", "holdout_condition_value" -> Reason.SPLIT;
            case "no_condition_match" -> Reason.DEFAULT;
            case "flag_disabled" -> Reason.DISABLED;
            default -> Reason.UNKNOWN;
        };
    }

    /** Returns additional data of the result, with the names and types that OpenFeature's telemetry expects. */
    static ImmutableMetadata metadata(FlagResult flag, String distinctId) {
        ImmutableMetadataBuilder metadata = ImmutableMetadata.builder()
                .addString("contextId", distinctId)
                .addBoolean("locallyEvaluated", flag.locallyEvaluated());
        flag.id().ifPresent(id -> metadata.addLong("id", id));
        flag.version().ifPresent(version -> metadata.addString("version", Integer.toString(version)));
        flag.reason().ifPresent(reason -> metadata.addString("reason", reason.code()));
        flag.payload().ifPresent(payload -> metadata.addString("payload", payload));
        return metadata.build();
    }
}
