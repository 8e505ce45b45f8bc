package io.quarkiverse.posthog.runtime.flags;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagReason;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.RuleOutcome;

/** An evaluated flag in a compact form. Optional fields are null if they are missing. */
sealed interface ResolvedFlag {

    String key();

    FlagValue value();

    /** The value with its type: a boolean, text, number, object or null. */
    JsonNode typedValue();

    String payload();

    String reasonCode();

    String reasonDescription();

    /** -1 for none in particular. */
    int conditionIndex();

    Long id();

    Integer version();

    Boolean hasExperiment();

    RuleMetadata rule();

    /** The code of the runtime in the definition. */
    String runtime();

    /** Whether the flag was evaluated locally. */
    boolean local();

    /** Whether PostHog requests minimal {@code $feature_flag_called} events. */
    boolean minimal();

    /** Whether exposures are reduced: only if no experiment can need the complete event. */
    static boolean isMinimal(boolean minimalEvents, Boolean hasExperiment) {
        return minimalEvents && Boolean.FALSE.equals(hasExperiment);
    }

    /** @param minimalEvents whether PostHog wants short events for flags without an experiment */
    static ResolvedFlag local(FlagMetadata flag, LocalResult.Value result, boolean minimalEvents) {
        return new Local(flag, result, isMinimal(minimalEvents, flag.hasExperiment()));
    }

    default FlagResult result() {
        Optional<FlagReason> reason = reasonCode() == null ? Optional.empty()
                : Optional.of(new FlagReason(reasonCode(), Optional.ofNullable(reasonDescription()),
                        conditionIndex() < 0 ? OptionalInt.empty() : OptionalInt.of(conditionIndex())));
        return new FlagResult(key(), value(), Optional.ofNullable(payload()), reason,
                id() == null ? OptionalLong.empty() : OptionalLong.of(id()),
                version() == null ? OptionalInt.empty() : OptionalInt.of(version()),
                Optional.ofNullable(hasExperiment()), local(), EvaluationRuntime.of(runtime()));
    }

    /** A flag that was evaluated locally, with the metadata of its definition. */
    record Local(FlagMetadata flag, LocalResult.Value found, boolean minimal) implements ResolvedFlag {

        @Override
        public String key() {
            return flag.key();
        }

        @Override
        public FlagValue value() {
            return found.variant() == null ? FlagValue.of(found.enabled()) : FlagValue.of(found.variant());
        }

        @Override
        public JsonNode typedValue() {
            if (found.rule() != null) {
                return found.rule().value();
            }
            return found.variant() == null ? BooleanNode.valueOf(found.enabled()) : TextNode.valueOf(found.variant());
        }

        @Override
        public String runtime() {
            return flag.runtime();
        }

        @Override
        public RuleMetadata rule() {
            if (flag.configVersion() != 1) {
                RuleOutcome rule = found.rule();
                // PostHog does not return the variant of an experiment without an ID either
                return new RuleMetadata(flag.configVersion(), rule == null ? null : rule.ruleType(),
                        rule == null ? null : rule.ruleId(), null, null, null);
            }
            return found.variant() == null ? RuleMetadata.V1
                    : new RuleMetadata(1, null, null, null, found.variant(), null);
        }

        @Override
        public String payload() {
            return found.payloadJson();
        }

        @Override
        public String reasonCode() {
            return found.reason().code();
        }

        @Override
        public String reasonDescription() {
            return null;
        }

        @Override
        public int conditionIndex() {
            return found.conditionIndex();
        }

        @Override
        public Long id() {
            return flag.id();
        }

        @Override
        public Integer version() {
            return flag.version();
        }

        @Override
        public Boolean hasExperiment() {
            return flag.hasExperiment();
        }

        @Override
        public boolean local() {
            return true;
        }
    }

    /** By PostHog. */
    record Remote(String key, FlagValue value, JsonNode typedValue, String payload, String reasonCode,
            String reasonDescription, int conditionIndex, Long id, Integer version, Boolean hasExperiment, RuleMetadata rule,
            boolean minimal, String runtime) implements ResolvedFlag {

        /** Adds the runtime of the loaded definition. */
        Remote withRuntime(String code) {
            return new Remote(key, value, typedValue, payload, reasonCode, reasonDescription, conditionIndex, id, version,
                    hasExperiment, rule, minimal, code);
        }

        @Override
        public boolean local() {
            return false;
        }
    }
}
