package io.quarkiverse.posthog.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which promises the acceptance scenarios of PostHog's specification are about. */
final class AcceptanceScenarios {

    /**
     * @param file the feature file
     * @param number its place in the file
     * @param promises empty when it has none
     * @param reason why it has none; null when it has
     */
    record Scenario(String file, int number, List<String> promises, String reason) {

        static Scenario of(String line) {
            String[] parts = line.split(" = ", 2);
            int dot = parts[0].lastIndexOf('.');
            boolean none = parts[1].startsWith("- ");
            return new Scenario(parts[0].substring(0, dot), Integer.parseInt(parts[0].substring(dot + 1)),
                    none ? List.of() : List.of(parts[1].split(", ")), none ? parts[1].substring(2) : null);
        }
    }

    private final List<Scenario> scenarios = new ArrayList<>();

    /** @param lines one for each scenario, such as {@code flush.1 = FLU-1}; others are empty, or comments */
    AcceptanceScenarios(List<String> lines) {
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Scenario::of).forEach(scenarios::add);
    }

    Set<String> promises() {
        Set<String> promises = new LinkedHashSet<>();
        scenarios.forEach(scenario -> promises.addAll(scenario.promises()));
        return promises;
    }

    /** A table with a row for each feature file, and what is to be said of scenarios without a promise. */
    String table() {
        Map<String, List<Scenario>> files = new TreeMap<>();
        scenarios.forEach(scenario -> files.computeIfAbsent(scenario.file(), file -> new ArrayList<>()).add(scenario));
        StringBuilder table = new StringBuilder("\n.Acceptance scenarios for servers\n[cols=\"3,>1,>1,5\"]\n|===\n"
                + "|Feature file |Scenarios |Tested here |Promises\n");
        files.forEach((file, all) -> table.append(row("`+" + file + "+`", all, String.join(", ", links(all)))));
        table.append(row("All", scenarios, "")).append("|===\n");
        scenarios.stream().filter(scenario -> scenario.reason() != null).forEach(scenario -> table.append("\n`+")
                .append(scenario.file()).append("+`, scenario ").append(scenario.number()).append(": ")
                .append(scenario.reason()).append('\n'));
        return table.toString();
    }

    private static String row(String title, List<Scenario> scenarios, String promises) {
        long tested = scenarios.stream().filter(scenario -> scenario.reason() == null).count();
        return "\n|" + title + "\n|" + scenarios.size() + "\n|" + tested + "\n|" + promises + "\n";
    }

    private static Set<String> links(List<Scenario> scenarios) {
        Map<String, String> links = new LinkedHashMap<>();
        scenarios.forEach(scenario -> scenario.promises().forEach(id -> links.put(id, "<<" + id + ">>")));
        return new LinkedHashSet<>(links.values());
    }
}
