package io.quarkiverse.posthog.emulator.api;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.runtime.flags.local.parser.InvalidRuleException;
import io.quarkiverse.posthog.runtime.flags.local.parser.RuleSetParser;

/** Checks and completes flags whose filters are ordered rules. The server assigns the IDs of rules and their seeds. */
final class OrderedRulesWriter {

    private static final String FILTERS = "filters";
    private static final String SEED = "seed";
    private static final String HOLDOUT = "holdout";
    private static final Set<String> WRITABLE = Set.of("name", "active", "deleted", "tags");

    private OrderedRulesWriter() {
    }

    static boolean isOrdered(ObjectNode flag) {
        return RuleSetParser.isRuleSet(flag.get(FILTERS));
    }

    /**
     * Checks the fields of a new flag, which is disabled until an update enables it.
     *
     * @param fields the fields that other flags can have
     */
    static void checkNew(ObjectNode body, Set<String> fields) {
        checkFields(body, fields);
        if (body.path("active").booleanValue()) {
            throw invalid("active", "Flags with ordered rules are created disabled.");
        }
    }

    /** Checks the fields of an update. Its version prevents it from overwriting another update. */
    static void checkUpdate(ObjectNode stored, ObjectNode patch, Set<String> fields) {
        if (!patch.path("version").isInt()) {
            throw ApiException.invalid("required", "This field is required.", "version");
        }
        if (patch.get("version").intValue() != stored.get("version").intValue()) {
            throw ApiException.conflict("The feature flag was changed since version " + patch.get("version")
                    + ". Please read it again.");
        }
        checkFields(patch, fields);
        if (patch.has("deleted") && !patch.get("deleted").booleanValue()) {
            throw invalid("deleted", "A flag with ordered rules cannot be restored.");
        }
    }

    private static void checkFields(ObjectNode body, Set<String> fields) {
        for (String field : fields) {
            if (body.has(field) && !WRITABLE.contains(field)) {
                throw invalid(field, "Not supported for flags with ordered rules.");
            }
        }
    }

    /**
     * Returns the rules to store.
     *
     * @param stored the filters that they replace; {@code null} for a new flag
     */
    static ObjectNode complete(JsonNode given, JsonNode stored) {
        if (!RuleSetParser.isRuleSet(given)) {
            throw invalid(FILTERS, "Must be config version 2.");
        }
        if (stored != null && !stored.get("return_type").equals(given.get("return_type"))) {
            throw invalid("filters__return_type", "Cannot be changed.");
        }
        ObjectNode filters = given.deepCopy();
        Map<String, ObjectNode> known = new HashMap<>();
        if (stored != null) {
            stored.get("rules").forEach(rule -> known.put(rule.get("id").textValue(), (ObjectNode) rule));
        }
        Set<String> used = new HashSet<>();
        int index = 0;
        for (JsonNode rule : filters.path("rules")) {
            if (rule instanceof ObjectNode object) {
                assign(object, known, used, "filters__rules__" + index);
            }
            index++;
        }
        try {
            RuleSetParser.validate(filters);
        } catch (InvalidRuleException e) {
            throw ApiException.invalid(code(e.code()), e.detail(),
                    FILTERS + (e.path().isEmpty() ? "" : "__" + e.path().replace(".", "__")));
        }
        return filters;
    }

    private static void assign(ObjectNode rule, Map<String, ObjectNode> known, Set<String> used, String path) {
        ObjectNode before = null;
        if (rule.has("id")) {
            before = known.get(rule.path("id").asText());
            if (before == null) {
                throw invalid(path + "__id", "The server assigns the IDs of rules; omit it, or send the ID of a stored rule.");
            }
            if (!used.add(rule.get("id").textValue())) {
                throw ApiException.invalid("not_unique", "Used by another rule.", path + "__id");
            }
        } else {
            rule.put("id", UUID.randomUUID().toString());
        }
        String type = rule.path("rule_type").asText();
        if (type.equals("percentage_rollout") || type.equals("experiment")) {
            seed(rule, before, path);
        }
        if (rule.path(HOLDOUT) instanceof ObjectNode holdout) {
            seed(holdout, before == null || !before.path(HOLDOUT).isObject() ? null : (ObjectNode) before.get(HOLDOUT),
                    path + "__holdout");
        }
    }

    private static void seed(ObjectNode part, ObjectNode before, String path) {
        JsonNode stored = before == null ? null : before.get(SEED);
        if (part.has(SEED) && !part.get(SEED).equals(stored)) {
            throw invalid(path + "__seed", stored == null ? "The server assigns seeds." : "Cannot be changed.");
        }
        part.set(SEED, stored == null ? EmulatorJson.of(UUID.randomUUID().toString()) : stored);
    }

    private static String code(InvalidRuleException.Code code) {
        return code == InvalidRuleException.Code.INVALID ? "invalid_input" : code.name().toLowerCase(Locale.ROOT);
    }

    private static ApiException invalid(String field, String detail) {
        return ApiException.invalid("invalid_input", detail, field);
    }
}
