package io.quarkiverse.posthog.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ImmutableMetadata.ImmutableMetadataBuilder;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagResult;

/** Converts the details of flags, which have OpenFeature's terms already. */
final class DetailsMapper {

    private DetailsMapper() {
    }

    /** Returns whether the flag has a typed value, or PostHog returned no value. */
    static boolean isTyped(FlagDetails<?> details) {
        return !Integer.valueOf(1).equals(details.flagMetadata().get("config_version"));
    }

    static <T> ProviderEvaluation<T> evaluation(FlagDetails<T> details, ImmutableMetadata metadata) {
        return ProviderEvaluation.<T> builder().value(details.value()).variant(details.variant().orElse(null))
                .reason(details.reason().name())
                .errorCode(details.errorCode().map(code -> ErrorCode.valueOf(code.name())).orElse(null))
                .errorMessage(details.errorMessage().orElse(null)).flagMetadata(metadata).build();
    }

    /** Returns the evaluation of a flag without a typed value, which other types are converted from. */
    static <T> ProviderEvaluation<T> evaluation(FlagResult flag, T value, T defaultValue, ImmutableMetadata metadata) {
        boolean disabled = flag.reason().filter(reason -> reason.code().equals("flag_disabled")).isPresent();
        Reason reason = disabled ? Reason.DISABLED : flag.enabled() ? Reason.TARGETING_MATCH : Reason.DEFAULT;
        return ProviderEvaluation.<T> builder().value(value == null ? defaultValue : value)
                .variant(flag.variant().orElse(null)).reason(reason.name()).flagMetadata(metadata).build();
    }

    /** Returns the metadata of the flag, and the person by the name that OpenFeature's telemetry expects. */
    static ImmutableMetadata metadata(FlagDetails<?> details, String distinctId) {
        ImmutableMetadataBuilder metadata = ImmutableMetadata.builder().addString("contextId", distinctId);
        details.flagMetadata().forEach((name, value) -> {
            if (value instanceof Integer number) {
                metadata.addInteger(name, number);
            } else if (value instanceof Long number) {
                metadata.addLong(name, number);
            } else {
                metadata.addString(name, value.toString());
            }
        });
        return metadata.build();
    }
}
