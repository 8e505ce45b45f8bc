package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.Holdout;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledFlag;
import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledFlag.Rules;
import io.quarkiverse.posthog.runtime.flags.local.filter.Condition;
import io.quarkiverse.posthog.runtime.flags.local.filter.EarlyAccessEnrollment;
import io.quarkiverse.posthog.runtime.flags.local.filter.Filter;
import io.quarkiverse.posthog.runtime.flags.local.filter.PropertySource;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;
import io.quarkiverse.posthog.runtime.flags.local.parser.StrictJson.Malformed;

/** Compiles one flag. */
final class FlagParser {

    private static final String GROUP_INDEX = "aggregation_group_type_index";
    private static final String DEVICE_ID = "device_id";
    private static final String DISTINCT_ID = "distinct_id";

    private final GroupTypes groupTypes;
    private final FilterParser filterParser;
    private final Set<String> broken;

    /** @param broken the keys of the flags with a broken dependency */
    FlagParser(GroupTypes groupTypes, FilterParser filterParser, Set<String> broken) {
        this.groupTypes = groupTypes;
        this.filterParser = filterParser;
        this.broken = broken;
    }

    /**
     * @throws Malformed if the definition is malformed
     * @throws InvalidRuleException if its ordered rules are malformed
     */
    CompiledFlag parse(String key, JsonNode flag) {
        if (!StrictJson.required(StrictJson.bool(flag, "active"), "active")) {
            return CompiledFlag.fixed(metadata(key, flag, Map.of()), Value.off(MatchReason.FLAG_DISABLED, Value.NO_CONDITION));
        }
        JsonNode given = StrictJson.object(flag, "filters");
        JsonNode filters = given == null ? JsonNodeFactory.instance.objectNode() : given;
        if (RuleSetParser.isRuleSet(filters)) {
            return ruled(metadata(key, flag, Map.of()), filters);
        }
        FlagMetadata info = metadata(key, flag, payloads(filters));
        boolean persisted = StrictJson.isTrue(flag, "ensure_experience_continuity");
        Inconclusive unsupported = unsupported(filters);
        if (unsupported != null) {
            return CompiledFlag.fixed(info, unsupported);
        }
        if (broken.contains(key)) {
            return CompiledFlag.broken(info);
        }
        BucketingKey usual = persisted ? BucketingKey.persistedPerson(key) : BucketingKey.PERSON;
        Rules rules = rules(info, person(flag, filters, usual), filters);
        return persisted ? CompiledFlag.persisted(info, rules) : CompiledFlag.of(info, rules);
    }

    private CompiledFlag ruled(FlagMetadata info, JsonNode filters) {
        try {
            return CompiledFlag.of(info, filterParser.ruleSet(filters));
        } catch (InvalidRuleException e) {
            if (e.code() == InvalidRuleException.Code.UNSUPPORTED) {
                return CompiledFlag.fixed(info, Inconclusive.because("its rules are not supported: " + e.getMessage()));
            }
            throw e;
        }
    }

    /** Returns the metadata of a flag without the malformed parts. */
    static FlagMetadata metadata(String key, JsonNode flag, Map<String, String> payloads) {
        JsonNode id = flag.path("id");
        JsonNode version = flag.path("version");
        JsonNode experiment = flag.path("has_experiment");
        return new FlagMetadata(key,
                id.isIntegralNumber() && id.canConvertToLong() ? (Long) id.longValue() : null,
                version.isIntegralNumber() && version.canConvertToInt() ? (Integer) version.intValue() : null,
                experiment.isBoolean() ? (Boolean) experiment.booleanValue() : null, payloads,
                configVersion(flag.path("filters").get("version")), flag.path("evaluation_runtime").textValue(),
                texts(flag.path("evaluation_contexts")));
    }

    /** Returns the version of the rules; 0 if it is not a whole number. */
    private static int configVersion(JsonNode version) {
        if (version == null) {
            return 1;
        }
        return version.isNumber() && version.doubleValue() == Math.rint(version.doubleValue()) ? version.intValue() : 0;
    }

    private static Set<String> texts(JsonNode array) {
        return array.isArray() ? array.valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue)
                .collect(Collectors.toUnmodifiableSet()) : Set.of();
    }

    private static Inconclusive unsupported(JsonNode filters) {
        JsonNode version = filters.get("version");
        if (version != null && !(version.isNumber() && version.doubleValue() == 1)) {
            return Inconclusive.because("version " + version + " of its rules is not supported");
        }
        boolean enrollment = StrictJson.isTrue(filters, "feature_enrollment");
        if (!enrollment && !StrictJson.array(filters, "super_groups").isEmpty()) {
            return Inconclusive.because("the flag has super groups");
        }
        if (StrictJson.get(filters, "holdout") == null && !StrictJson.array(filters, "holdout_groups").isEmpty()) {
            return Inconclusive.because("the flag has holdout groups");
        }
        return null;
    }

    private Rules rules(FlagMetadata info, BucketingKey person, JsonNode filters) {
        Integer groupIndex = StrictJson.integer(filters, GROUP_INDEX);
        BucketingKey bucketing = bucketing(groupIndex, person);
        VariantAllocation variants = variants(filters);
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode group : StrictJson.array(filters, "groups")) {
            if (!group.isObject()) {
                throw new Malformed("a condition is not an object");
            }
            // An explicit null means persons. Without a value, the condition set has the group type of the flag
            Integer ownIndex = group.has(GROUP_INDEX) ? StrictJson.integer(group, GROUP_INDEX) : groupIndex;
            boolean mixed = ownIndex == null ? groupIndex != null : !ownIndex.equals(groupIndex);
            conditions.add(condition(group, mixed ? bucketing(ownIndex, person) : bucketing, mixed, variants,
                    conditions.size()));
        }
        EarlyAccessEnrollment enrollment = StrictJson.isTrue(filters, "feature_enrollment") ? new EarlyAccessEnrollment(info)
                : null;
        return new Rules(bucketing, enrollment, holdout(info, filters), variants, conditions.toArray(Condition[]::new),
                StrictJson.isTrue(filters, "early_exit"));
    }

    private static BucketingKey person(JsonNode flag, JsonNode filters, BucketingKey usual) {
        String own = StrictJson.text(flag, "bucketing_identifier");
        String identifier = own == null || own.isEmpty() ? StrictJson.text(filters, "bucketing_identifier") : own;
        if (identifier == null || identifier.isEmpty() || identifier.equals(DISTINCT_ID)) {
            return usual;
        }
        if (!identifier.equals(DEVICE_ID)) {
            throw new Malformed("'bucketing_identifier' is neither " + DISTINCT_ID + " nor " + DEVICE_ID);
        }
        return BucketingKey.DEVICE;
    }

    private BucketingKey bucketing(Integer groupIndex, BucketingKey person) {
        if (groupIndex == null) {
            return person;
        }
        String name = groupTypes.name(groupIndex);
        return name == null ? BucketingKey.unknownGroup(groupIndex) : BucketingKey.group(name);
    }

    private Condition condition(JsonNode group, BucketingKey bucketing, boolean mixed, VariantAllocation variants, int index) {
        PropertySource subject = bucketing.group() == null ? PropertySource.PERSON : new PropertySource(bucketing.group());
        List<Filter> filters = new ArrayList<>();
        for (JsonNode property : StrictJson.array(group, "properties")) {
            filters.add(filterParser.parse(property, subject));
        }
        String override = StrictJson.text(group, "variant");
        int variant = override == null ? VariantAllocation.NONE : variants.indexOf(override);
        return new Condition(filters.toArray(Filter[]::new), bucketing, mixed, StrictJson.number(group, "rollout_percentage"),
                variant, index);
    }

    private static VariantAllocation variants(JsonNode filters) {
        JsonNode multivariate = StrictJson.object(filters, "multivariate");
        List<String> keys = new ArrayList<>();
        List<Double> percentages = new ArrayList<>();
        if (multivariate != null) {
            for (JsonNode variant : StrictJson.array(multivariate, "variants")) {
                keys.add(StrictJson.required(StrictJson.text(variant, "key"), "key"));
                percentages.add(StrictJson.required(StrictJson.number(variant, "rollout_percentage"), "rollout_percentage"));
            }
        }
        return new VariantAllocation(keys, percentages);
    }

    private static Holdout holdout(FlagMetadata info, JsonNode filters) {
        JsonNode holdout = StrictJson.object(filters, "holdout");
        if (holdout == null) {
            return null;
        }
        JsonNode id = StrictJson.required(StrictJson.get(holdout, "id"), "id");
        if (!id.isIntegralNumber()) {
            throw new Malformed("'id' of the holdout is not an integer");
        }
        String variant = "holdout-" + id.asText();
        double percentage = StrictJson.required(StrictJson.number(holdout, "exclusion_percentage"), "exclusion_percentage");
        Value value = new Value(true, variant, info.payload(variant), MatchReason.HOLDOUT_CONDITION_VALUE,
                Value.NO_CONDITION);
        return new Holdout(percentage, value);
    }

    private static Map<String, String> payloads(JsonNode filters) {
        Map<String, String> payloads = new HashMap<>();
        JsonNode given = StrictJson.object(filters, "payloads");
        if (given != null) {
            given.properties().forEach(entry -> {
                JsonNode payload = entry.getValue();
                if (!payload.isNull()) {
                    payloads.put(entry.getKey(), payload.isTextual() ? payload.textValue() : payload.toString());
                }
            });
        }
        return Map.copyOf(payloads);
    }
}
