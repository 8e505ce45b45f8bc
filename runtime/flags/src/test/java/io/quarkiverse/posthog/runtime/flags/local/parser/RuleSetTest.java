package io.quarkiverse.posthog.runtime.flags.local.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.IdHasher;
import io.quarkiverse.posthog.runtime.flags.local.filter.RuleSet;
import io.quarkiverse.posthog.runtime.flags.local.matcher.MatchContext;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.matcher.RuleMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** Flags with ordered rules have the values of PostHog's service, or no value. */
@Tag("LFE-21")
class RuleSetTest {

    private static final int CASES = 287;
    private static final int DECIDED_LOCALLY = 150;

    static Stream<RuleCase> evaluated() {
        return RuleCase.all().filter(one -> one.json().has("reason") || one.json().has("error"));
    }

    static Stream<RuleCase> definable() {
        return evaluated().filter(one -> !one.isInternal());
    }

    static Stream<RuleCase> invalid() {
        return RuleCase.all().filter(one -> one.json().has("invalid"));
    }

    static Stream<RuleCase> omitted() {
        return RuleCase.all().filter(one -> one.json().has("omitted"));
    }

    @Test
    void theTableIsComplete() {
        assertThat(RuleCase.all()).hasSize(CASES);
        assertThat(evaluated().count() + invalid().count() + omitted().count()).isEqualTo(CASES);
    }

    @ParameterizedTest
    @MethodSource("evaluated")
    void evaluates(RuleCase one) {
        List<Double> draws = new ArrayList<>();
        BucketingHasher sha1 = new BucketingHasher();
        IdHasher hasher = (prefix, id, salt) -> {
            draws.add(one.json().has("hash") ? RuleCase.number(one.json().get("hash").textValue())
                    : sha1.hash(prefix, id, salt));
            return draws.get(draws.size() - 1);
        };
        RuleSet rules = new RuleSetParser(new RuleMatcherFactory(new PropertyMatcherFactory(one.matchingVersion())), false)
                .parse(one.filters());
        MatchContext context = context(one.now(), ZoneId.of(one.json().path("zone").asText("UTC")));

        assertExpected(one, rules.evaluate(one.input(!one.json().has("partial")), context, hasher));
        if (one.json().has("draws")) {
            assertThat(draws).isEqualTo(one.draws());
        }
    }

    @ParameterizedTest
    @MethodSource("definable")
    void evaluatesWithDefinitions(RuleCase one) {
        assertExpected(one, evaluate(one, one.input(!one.json().has("partial"))));
    }

    @Test
    void anApplicationGetsTheSameValueOrNone() {
        int decided = 0;
        for (RuleCase one : evaluated().filter(any -> !any.json().has("hash")).toList()) {
            LocalResult result = evaluate(one, one.input(false));
            if (result instanceof Value) {
                assertExpected(one, result);
                decided++;
            } else {
                assertThat(result).isInstanceOf(Inconclusive.class);
            }
        }
        assertThat(decided).isGreaterThan(DECIDED_LOCALLY);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void rejects(RuleCase one) {
        boolean unsupported = one.json().get("invalid").textValue().equals("unsupported");

        assertThatThrownBy(() -> RuleSetParser.validate(one.filters())).isInstanceOfSatisfying(InvalidRuleException.class,
                e -> assertThat(e.code() == InvalidRuleException.Code.UNSUPPORTED).isEqualTo(unsupported));
        assertThat(evaluate(one, one.input(true))).isInstanceOfSatisfying(Inconclusive.class,
                result -> assertThat(result.cause()).isEqualTo(InconclusiveCause.UNSUPPORTED_DEFINITION));
    }

    @ParameterizedTest
    @MethodSource("omitted")
    void omits(RuleCase one) {
        LocalEvaluator evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(one.definitions()));
        JsonNode flag = one.json().get("flag");
        if (flag.has("active")) {
            assertThat(evaluator.evaluate("a", one.input(true)))
                    .isEqualTo(Value.off(MatchReason.FLAG_DISABLED, Value.NO_CONDITION));
        } else if (flag.has("deleted")) {
            assertThat(evaluator.evaluate("a", one.input(true))).isEqualTo(LocalResult.MISSING);
        } else {
            assertThat(evaluator.evaluate(List.of("other"), one.input(true))).doesNotContainKey("a");
        }
    }

    /** The hash depends on the seed and the ID, not on the key of the flag. */
    @Test
    void hashesOfSeeds() {
        List<RuleCase> cases = RuleCase.all().filter(one -> one.json().has("hash_of_seed")).toList();

        assertThat(cases).isNotEmpty().allSatisfy(one -> {
            JsonNode rules = one.json().get("rules");
            byte[] prefix = (RuleCase.seed(rules.get(rules.size() - 1)) + ".").getBytes(StandardCharsets.UTF_8);
            assertThat(new BucketingHasher().hash(prefix, one.input(true).distinctId(), BucketingHasher.NO_SALT))
                    .isEqualTo(RuleCase.number(one.json().get("hash_of_seed").textValue()));
        });
    }

    /** PostHog may know a distinct ID that the application has set as a property. */
    @Test
    void thePropertyOfTheDistinctIdIsNotAssumed() {
        RuleCase one = RuleCase.of("{'case':'','default':false,'rules':[{'value':true,'if':[['distinct_id','exact','user']]}],"
                + "'id':'user'}");

        assertThat(evaluate(one, one.input(true))).isInstanceOfSatisfying(Value.class,
                value -> assertThat(value.enabled()).isTrue());
        assertThat(evaluate(one, one.input(false))).isInstanceOfSatisfying(Inconclusive.class,
                result -> assertThat(result.cause()).isEqualTo(InconclusiveCause.MISSING_CONTEXT));
    }

    @Test
    void aRolloutNeedsTheDistinctId() {
        RuleCase one = RuleCase.of("{'case':'','default':false,'rules':[{'value':true,'rollout':100}],'id':''}");

        assertThat(evaluate(one, one.input(false))).isEqualTo(Inconclusive.missing("the distinct ID is missing"));
    }

    @Test
    void experienceContinuityHasNoEffect() {
        RuleCase one = RuleCase.of("{'case':'','default':false,'rules':[{'value':true}]}");
        ObjectNode definitions = (ObjectNode) one.definitions();
        ((ObjectNode) definitions.path("flags").get(0)).put("ensure_experience_continuity", true)
                .put("bucketing_identifier", "device_id");

        assertThat(new LocalEvaluator(FlagDefinitionsParser.parse(definitions)).evaluate("a", one.input(false)))
                .isInstanceOf(Value.class);
    }

    @Test
    void aFlagCannotDependOnOrderedRules() {
        RuleCase one = RuleCase.of("{'case':'','default':false,'rules':[{'value':true}]}");
        ObjectNode definitions = (ObjectNode) one.definitions();
        ObjectNode dependent = ((ArrayNode) definitions.get("flags")).addObject().put("key", "b").put("active", true);
        dependent.putObject("filters").putArray("groups").addObject().putArray("properties").addObject().put("type", "flag")
                .put("key", "a").put("operator", "flag_evaluates_to").put("value", true).putArray("dependency_chain").add("a");

        assertThat(new LocalEvaluator(FlagDefinitionsParser.parse(definitions)).evaluate("b", one.input(false)))
                .isInstanceOfSatisfying(Inconclusive.class,
                        result -> assertThat(result.cause()).isEqualTo(InconclusiveCause.UNRESOLVED_DEPENDENCY));
    }

    private static LocalResult evaluate(RuleCase one, EvaluationInput input) {
        return new LocalEvaluator(FlagDefinitionsParser.parse(one.definitions())).evaluate("a", input);
    }

    private static void assertExpected(RuleCase one, LocalResult result) {
        JsonNode expected = one.json();
        if (expected.has("error")) {
            assertThat(result).isInstanceOfSatisfying(Inconclusive.class, error -> assertThat(error.cause())
                    .isEqualTo(expected.get("error").textValue().equals("invalid_regex") ? InconclusiveCause.FAILED_FILTER
                            : InconclusiveCause.MISSING_CONTEXT));
            return;
        }
        assertThat(result).isInstanceOf(Value.class);
        Value value = (Value) result;
        int rule = expected.path("rule").asInt(-1);
        assertThat(value.rule().value()).isEqualTo(expected.get("value"));
        assertThat(value.reason().code()).isEqualTo(expected.get("reason").textValue());
        assertThat(value.conditionIndex()).isEqualTo(rule);
        assertThat(value.rule().ruleId()).isEqualTo(rule < 0 ? null : RuleCase.id(rule));
        assertThat(value.rule().ruleType()).isEqualTo(rule < 0 ? null
                : one.filters().get("rules").get(rule).get("rule_type").textValue());
        assertThat(value.rule().variantKey()).isEqualTo(expected.path("variant").textValue());
        assertUntyped(value, expected.get("value"));
    }

    private static void assertUntyped(Value value, JsonNode typed) {
        assertThat(value.enabled()).isEqualTo(!typed.isNull() && !(typed.isBoolean() && !typed.booleanValue()));
        assertThat(value.variant()).isEqualTo(typed.textValue());
        assertThat(value.payloadJson() != null).isEqualTo(typed.isNumber() || typed.isObject());
    }

    private static MatchContext context(Instant now, ZoneId zone) {
        return new MatchContext() {

            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public boolean affords(long steps) {
                return true;
            }

            @Override
            public ZoneId zone() {
                return zone;
            }
        };
    }
}
