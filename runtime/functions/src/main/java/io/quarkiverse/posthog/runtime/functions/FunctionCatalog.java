package io.quarkiverse.posthog.runtime.functions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.runtime.functions.catalog.StandardFunctions;

/** All functions, in a fixed order. */
public final class FunctionCatalog {

    private final Map<String, FunctionDefinition> functions;

    public FunctionCatalog(List<FunctionDefinition> functions) {
        Map<String, FunctionDefinition> byName = new LinkedHashMap<>();
        functions.forEach(function -> byName.put(function.name(), function));
        this.functions = Collections.unmodifiableMap(byName);
    }

    /** Returns the functions of this extension. */
    public static FunctionCatalog standard() {
        return new FunctionCatalog(StandardFunctions.all());
    }

    public List<FunctionDefinition> functions() {
        return List.copyOf(functions.values());
    }

    public List<String> names() {
        return List.copyOf(functions.keySet());
    }

    public Optional<FunctionDefinition> find(String name) {
        return Optional.ofNullable(name == null ? null : functions.get(name));
    }
}
