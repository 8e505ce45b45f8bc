package io.quarkiverse.posthog.flags;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The flags for the option {@code bootstrap} of posthog-js, with which a browser has them without waiting for PostHog. The
 * JSON form is the one of this option.
 *
 * @param distinctId the distinct ID; null if there is none
 * @param identified whether the distinct ID is the one of an identified user, as opposed to an anonymous ID
 * @param featureFlags the values of the flags that are on: true or the key of the variant
 * @param featureFlagPayloads the payloads of these flags, as parsed JSON
 */
public record FlagBootstrap(@JsonProperty("distinctID") @JsonInclude(Include.NON_NULL) String distinctId,
        @JsonProperty("isIdentifiedID") boolean identified,
        @JsonProperty("featureFlags") Map<String, Object> featureFlags,
        @JsonProperty("featureFlagPayloads") Map<String, Object> featureFlagPayloads) {

    public FlagBootstrap {
        featureFlags = ImmutableMapCopy.of(featureFlags);
        featureFlagPayloads = ImmutableMapCopy.of(featureFlagPayloads);
    }

    /** Returns the JSON form, in which no text can end a {@code <script>} element. */
    public String json() {
        return ScriptJson.write(this);
    }
}
