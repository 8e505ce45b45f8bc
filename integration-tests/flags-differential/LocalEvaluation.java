import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/**
 * Evaluates flags from standard input: a line with flag definitions, followed by a line with the time and the persons. For
 * each pair of lines, it writes a line with the results of all flags for each person.
 */
final class LocalEvaluation {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Person(String distinctId, String deviceId, Map<String, String> groups, Map<String, Object> personProperties,
            Map<String, Map<String, Object>> groupProperties) {
    }

    record Batch(long now, List<Person> persons) {
    }

    private LocalEvaluation() {
    }

    public static void main(String... arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String definitions;
        while ((definitions = input.readLine()) != null) {
            LocalEvaluator evaluator = new LocalEvaluator(
                    FlagDefinitionsParser.parse(definitions.getBytes(StandardCharsets.UTF_8)), (key, failure) -> {
                        throw new IllegalStateException("The evaluation of flag " + key + " failed", failure);
                    });
            Batch batch = JSON.readValue(input.readLine(), Batch.class);
            List<Map<String, Object>> results = new ArrayList<>();
            for (Person person : batch.persons()) {
                results.add(evaluate(evaluator, person, InstantSource.fixed(Instant.ofEpochMilli(batch.now()))));
            }
            output.println(JSON.writeValueAsString(results));
        }
    }

    private static Map<String, Object> evaluate(LocalEvaluator evaluator, Person person, InstantSource time) {
        EvaluationInput input = new EvaluationInput(person.distinctId(), person.deviceId(), person.groups(),
                person.personProperties(), person.groupProperties(), time);
        Map<String, Object> results = new LinkedHashMap<>();
        evaluator.evaluateAll(input).forEach((key, result) -> results.put(key, toJson(result)));
        return results;
    }

    /** Returns a boolean, the key of a variant, or the reason why the flag is inconclusive. */
    private static Object toJson(LocalResult result) {
        if (result instanceof LocalResult.Value value) {
            return value.variant() == null ? value.enabled() : value.variant();
        }
        return Map.of("reason", ((LocalResult.Inconclusive) result).reason());
    }
}
