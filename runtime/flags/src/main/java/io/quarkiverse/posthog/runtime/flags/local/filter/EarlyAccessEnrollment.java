package io.quarkiverse.posthog.runtime.flags.local.filter;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** The enrollment of persons in the early access to a flag. */
public final class EarlyAccessEnrollment {

    private static final Value OPTED_OUT = Value.off(MatchReason.SUPER_CONDITION_VALUE, 0);

    private final String property;
    private final Value enrolled;
    private final Inconclusive unknown;

    public EarlyAccessEnrollment(FlagMetadata flag) {
        this.property = "$feature_enrollment/" + flag.key();
        this.enrolled = new Value(true, null, flag.payload(null), MatchReason.SUPER_CONDITION_VALUE, 0);
        // PostHog may have stored an enrollment, and evaluates the conditions only if it has not
        this.unknown = Inconclusive.missing("property '" + property + "' " + PropertySource.PERSON + " is missing");
    }

    LocalResult result(EvaluationInput input) {
        Object value = PropertySource.PERSON.value(input, property);
        if (value == PropertySource.ABSENT) {
            return unknown;
        }
        boolean chosen = value instanceof JsonNode node
                ? node.isBoolean() && node.booleanValue() || node.isTextual() && node.textValue().equals("true")
                : Boolean.TRUE.equals(value) || "true".equals(value);
        return chosen ? enrolled : OPTED_OUT;
    }
}
