package io.quarkiverse.posthog.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Which promises the acceptance scenarios of PostHog's specification are about. */
final class AcceptanceScenarios {

    /**
     * @param file the feature file
     * @param number its place in the file
     * @param promises empty when it has none
     * @param reason why it has none; null when it has
     * @param form what stands for its words; null when it is met to the letter
     */
    record Scenario(String file, int number, List<String> promises, String reason, String form) {

        static Scenario of(String line) {
            String[] parts = line.split(" = ", 2);
            int dot = parts[0].lastIndexOf('.');
            boolean none = parts[1].startsWith("- ");
            String[] met = parts[1].split(" ~ ", 2);
            return new Scenario(parts[0].substring(0, dot), Integer.parseInt(parts[0].substring(dot + 1)),
                    none ? List.of() : List.of(met[0].split(", ")), none ? parts[1].substring(2) : null,
                    met.length == 2 ? met[1] : null);
        }
    }

    private final List<Scenario> scenarios = new ArrayList<>();

    /** @param lines one for each scenario, such as {@code flush.1 = FLU-1 ~ in another form}; others are empty, or comments */
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
        return table + list("Not met", Scenario::reason) + list("Met in another form", Scenario::form);
    }

    private String list(String title, Function<Scenario, String> text) {
        StringBuilder list = new StringBuilder("\n." + title + "\n");
        scenarios.stream().filter(scenario -> text.apply(scenario) != null).forEach(scenario -> list.append("* `+")
                .append(scenario.file()).append("+`, scenario ").append(scenario.number()).append(": ")
                .append(text.apply(scenario)).append('\n'));
        return list.toString();
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
