package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.Fingerprints;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledFlag;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Compiles flag definitions. */
public final class FlagDefinitionsParser {

    private final JsonNode json;
    private final List<String> warnings = new ArrayList<>();

    /** @throws IllegalArgumentException if the JSON is malformed or does not contain flag definitions */
    public static FlagDefinitions parse(byte[] json) {
        try {
            return parse(StrictJson.read(json));
        } catch (IOException e) {
            String reason = e instanceof JsonProcessingException parsing ? parsing.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException("Flag definitions are not JSON: " + reason, e);
        }
    }

    /** @throws IllegalArgumentException if the JSON does not contain flag definitions */
    public static FlagDefinitions parse(JsonNode json) {
        return new FlagDefinitionsParser(json).parse();
    }

    private FlagDefinitionsParser(JsonNode json) {
        this.json = json;
    }

    private FlagDefinitions parse() {
        JsonNode flags = json == null ? null : json.get("flags");
        if (flags == null || !flags.isArray()) {
            // A project without flags has an empty array
            throw new IllegalArgumentException("Flag definitions have no array 'flags'");
        }
        Map<String, JsonNode> byKey = byKey(flags);
        Map<String, Integer> index = new LinkedHashMap<>();
        byKey.keySet().forEach(key -> index.put(key, index.size()));
        GroupTypes groupTypes = new GroupTypes(json.get("group_type_mapping"));
        int version = propertyMatchingVersion();
        FilterParser filters = new FilterParser(groupTypes, index, json.get("cohorts"), version, warnings);
        FlagParser parser = new FlagParser(groupTypes, filters, FlagDependencies.broken(byKey));
        List<CompiledFlag> compiled = new ArrayList<>(byKey.size());
        byKey.forEach((key, flag) -> compiled.add(compile(parser, key, flag)));
        // Not Map.copyOf, which is slow for numbered keys because their hash codes are consecutive
        return new FlagDefinitions(new FlagDefinitions.Content(Collections.unmodifiableMap(index),
                compiled.toArray(CompiledFlag[]::new), groupTypes.all(),
                json.path("minimal_flag_called_events").booleanValue(), version, List.copyOf(warnings),
                Fingerprints.of(byKey, json, version)));
    }

    /** Returns 2 for exactly this number, and otherwise 1. */
    private int propertyMatchingVersion() {
        JsonNode version = json.path("property_matching_version");
        return version.isNumber() && version.doubleValue() == PropertyMatcherFactory.EXPLICIT_BOOLEANS
                ? PropertyMatcherFactory.EXPLICIT_BOOLEANS
                : 1;
    }

    private Map<String, JsonNode> byKey(JsonNode flags) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        for (JsonNode flag : flags) {
            String key = flag.path("key").textValue();
            if (key == null) {
                warnings.add("A flag without a key is ignored");
            } else if (!flag.path("deleted").booleanValue()) {
                byKey.put(key, flag);
            }
        }
        return byKey;
    }

    private CompiledFlag compile(FlagParser parser, String key, JsonNode flag) {
        try {
            CompiledFlag compiled = parser.parse(key, flag);
            if (compiled.isPersisted()) {
                warnings.add("Flag '" + key + "' cannot be evaluated locally (experience_continuity): it persists across"
                        + " authentication steps");
            }
            return compiled;
        } catch (RuntimeException | StackOverflowError e) {
            // Malformed in any way. Other flags are not affected
            warnings.add("Flag '" + key + "' cannot be evaluated locally: " + e.getMessage());
            return CompiledFlag.fixed(FlagParser.metadata(key, flag, Map.of()),
                    Inconclusive.because("its definition is malformed: " + e.getMessage()));
        }
    }
}
