package io.quarkiverse.posthog.emulator.flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Evaluates the flags of the project with the evaluator of the extension and all stored data. */
final class EmulatedFlagEvaluator {

    private final Project project;
    private final DefinitionsWriter writer;
    private final EvaluationInputFactory knownPerson;
    private JsonNode definitions = EmulatorJson.object();
    private LocalEvaluator evaluator;

    EmulatedFlagEvaluator(Project project) {
        this.project = project;
        this.writer = new DefinitionsWriter(project);
        this.knownPerson = new EvaluationInputFactory(project);
    }

    /** Returns the requested flags by key. */
    List<EvaluatedFlag> evaluate(FlagsRequest request) {
        refresh();
        JsonNode flags = definitions.get("flags");
        Map<String, LocalResult> results = evaluator.evaluateAll(knownPerson.input(request, flags));
        Set<String> failing = project.flagSettings().failing();
        List<EvaluatedFlag> evaluated = new ArrayList<>();
        for (JsonNode flag : flags) {
            String key = flag.get("key").textValue();
            EvaluatedFlag result = EvaluatedFlag.of(flag, results.get(key));
            if (isAskedFor(flag, request) && !result.isDisabled()) {
                evaluated.add(failing.contains(key) ? result.failing() : result);
            }
        }
        return evaluated;
    }

    /** Most requests find the flags as they were. */
    private void refresh() {
        JsonNode current = writer.forEmulator();
        if (!current.equals(definitions)) {
            definitions = current;
            evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(current));
        }
    }

    private static boolean isAskedFor(JsonNode flag, FlagsRequest request) {
        JsonNode contexts = flag.path("evaluation_contexts");
        boolean inContext = request.contexts().isEmpty() || contexts.isEmpty()
                || contexts.valueStream().map(JsonNode::asText).anyMatch(request.contexts()::contains);
        boolean inRuntime = FlagRuntime.of(flag.path("evaluation_runtime").asText("all")).isFor(request.runtime());
        return inContext && inRuntime && (request.keys() == null || request.keys().contains(flag.get("key").textValue()));
    }
}
