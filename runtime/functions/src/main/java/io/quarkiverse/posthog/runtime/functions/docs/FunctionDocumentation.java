package io.quarkiverse.posthog.runtime.functions.docs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.Results;

/** The pages about the functions: one for all of them, and one for each. */
public final class FunctionDocumentation {

    /** The name of the page about all functions. The pages of functions begin with it. */
    public static final String PAGE = "integrations.posthog";

    /** The default number of matches of a search. */
    public static final int MAX_MATCHES = 10;

    private static final int MAX_QUERY = 200;

    private final FunctionCatalog catalog;
    private final CallSyntax syntax;

    public FunctionDocumentation(FunctionCatalog catalog, CallSyntax syntax) {
        this.catalog = catalog;
        this.syntax = syntax;
    }

    /** Returns the names of all pages, the page about all functions first. */
    public List<String> pages() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(PAGE), catalog.names().stream()
                .map(FunctionDocumentation::page)).toList();
    }

    /** Returns the name of the page about a function. */
    public static String page(String function) {
        return PAGE + "." + function;
    }

    /** Returns a page in Markdown; empty if it does not exist. */
    public Optional<String> markdown(String page) {
        if (page.equals(PAGE)) {
            return Optional.of(overview());
        }
        return page.startsWith(PAGE + ".") ? catalog.find(page.substring(PAGE.length() + 1)).map(this::markdown)
                : Optional.empty();
    }

    private String overview() {
        StringBuilder page = new StringBuilder("# PostHog functions\n\n");
        page.append(
                "Each function is one request to PostHog, or none.\n\n| Function | Operation | Description |\n|---|---|---|\n");
        for (FunctionDefinition function : catalog.functions()) {
            page.append("| `").append(signature(function)).append("` | ").append(operation(function)).append(" | ")
                    .append(firstSentence(function.description())).append(" |\n");
        }
        return page.append(syntax.rules()).toString();
    }

    private String markdown(FunctionDefinition function) {
        StringBuilder page = new StringBuilder("# ").append(function.name()).append("\n\n`").append(signature(function))
                .append("` (").append(operation(function)).append(")\n\n").append(function.description()).append("\n");
        if (!function.parameters().isEmpty()) {
            page.append("\n## Parameters\n\n| Name | Type | Required | Description |\n|---|---|---|---|\n");
            function.parameters().forEach(parameter -> page.append("| `").append(parameter.name()).append("` | ")
                    .append(parameter.type().json()).append(" | ").append(required(parameter)).append(" | ")
                    .append(details(parameter)).append(" |\n"));
        }
        page.append("\n## Result\n\n")
                .append(function.result().list() ? "A list of rows, each with:\n\n" : "An object with:\n\n")
                .append("| Field | Type | Description |\n|---|---|---|\n");
        for (Field field : function.result().fields()) {
            page.append("| `").append(field.name()).append("` | ").append(field.type()).append(" | ")
                    .append(field.description()).append(" |\n");
        }
        return page.append("\n## Example\n\n").append(example(function)).toString();
    }

    /** Returns the functions that match words, or all functions. */
    public String search(String query) {
        return search(query, MAX_MATCHES)
                .orElseGet(() -> "No function matches. Functions: " + String.join(", ", catalog.names()) + ".\n");
    }

    private static String signature(FunctionDefinition function) {
        return function.name() + "({" + function.parameters().stream()
                .map(parameter -> parameter.name() + (parameter.required() ? "" : "?")).collect(Collectors.joining(", "))
                + "})";
    }

    private static String operation(FunctionDefinition function) {
        return function.operation() == FunctionOperation.READ ? "read" : "write";
    }

    private static String required(FunctionParameter parameter) {
        if (!parameter.required()) {
            return "no";
        }
        return parameter.alternative() == null ? "yes" : "yes, or `" + parameter.alternative() + "`";
    }

    private static String details(FunctionParameter parameter) {
        StringBuilder details = new StringBuilder(parameter.description());
        if (!parameter.allowed().isEmpty()) {
            details.append(" One of `").append(String.join("`, `", parameter.allowed())).append("`.");
        }
        if (parameter.minimum() != null && parameter.maximum() != null && parameter.maximum() < 1_000_000) {
            details.append(" ").append(parameter.minimum()).append(" to ").append(parameter.maximum()).append('.');
        }
        if (parameter.defaultValue() != null) {
            details.append(" Default: `").append(parameter.defaultValue()).append("`.");
        }
        return details.toString().replace("|", "\\|");
    }

    private String example(FunctionDefinition function) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        function.parameters().stream().filter(FunctionParameter::required)
                .forEach(parameter -> arguments.put(parameter.name(), parameter.example()));
        if (function.effect() == Effect.CHANGE) {
            function.parameters().stream().filter(parameter -> isChange(function, parameter)).findFirst()
                    .ifPresent(parameter -> arguments.put(parameter.name(), parameter.example()));
        }
        return syntax.example(function.name(), arguments);
    }

    /** A call that changes nothing would be an error. */
    private static boolean isChange(FunctionDefinition function, FunctionParameter parameter) {
        return !parameter.required() && !parameter.name().equals(FunctionDefinition.DRY_RUN)
                && function.parameters().stream().noneMatch(other -> parameter.name().equals(other.alternative()));
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** Returns the name and the first sentence of each function, one per line. */
    public String list() {
        return catalog.functions().stream()
                .map(function -> "- `" + function.name() + "`: " + firstSentence(function.description()) + "\n")
                .collect(Collectors.joining());
    }

    /** Returns the functions that match words, the best match first, in Markdown. Empty if none matches. */
    public Optional<String> search(String query, int limit) {
        record Match(FunctionDefinition function, int score) {
        }
        String words = query.substring(0, Math.min(MAX_QUERY, query.length()));
        List<Match> matches = catalog.functions().stream().map(function -> new Match(function, score(function, words)))
                .filter(match -> match.score() > 0).sorted(Comparator.comparingInt(Match::score).reversed())
                .limit(limit).toList();
        return matches.isEmpty() ? Optional.empty()
                : Optional.of(matches.stream()
                        .map(match -> "- `" + signature(match.function()) + "`: "
                                + firstSentence(match.function().description())
                                + " Page: " + syntax.reference(page(match.function().name())) + "\n")
                        .collect(Collectors.joining()));
    }

    private static int score(FunctionDefinition function, String query) {
        String phrase = query.toLowerCase(Locale.ROOT).strip();
        String name = function.name();
        String description = (function.title() + " " + function.description()).toLowerCase(Locale.ROOT);
        int score = name.equals(phrase) ? 10 : 0;
        for (String word : Arrays.stream(phrase.split("[^a-z0-9]+")).filter(word -> word.length() > 1).distinct().toList()) {
            score += name.contains(word) ? 5 : 0;
            score += description.contains(word) ? 2 : 0;
            score += (int) function.parameters().stream().filter(parameter -> parameter.name().contains(word)
                    || parameter.description().toLowerCase(Locale.ROOT).contains(word)).count();
        }
        return score > 0 && description.contains(phrase) ? score + 5 : score;
    }

    /** Returns the table of all functions for the documentation, in AsciiDoc. */
    public String asciidoc() {
        StringBuilder table = new StringBuilder("[cols=\"2,4,1\"]\n|===\n|Function |Parameters |Operation\n");
        for (FunctionDefinition function : catalog.functions()) {
            table.append("\n|`").append(function.name()).append("` +\n").append(firstSentence(function.description()))
                    .append("\n|").append(function.parameters().stream()
                            .map(parameter -> (parameter.required() ? "*`" + parameter.name() + "`*"
                                    : "`" + parameter.name() + "`"))
                            .collect(Collectors.joining(", ")))
                    .append("\n|").append(operation(function)).append('\n');
        }
        return table.append("|===\n").toString();
    }

    /** Returns the description of a function for a page that calls functions. */
    public static ObjectNode json(FunctionDefinition function, List<String> accounts) {
        ObjectNode json = Results.mapper().createObjectNode().put("name", function.name()).put("title", function.title())
                .put("description", function.description()).put("operation", operation(function));
        accounts.forEach(json.withArray("accounts")::add);
        function.parameters().forEach(parameter -> {
            ObjectNode row = json.withArray("parameters").addObject().put("name", parameter.name())
                    .put("type", parameter.type().json()).put("required", parameter.required())
                    .put("description", parameter.description());
            parameter.allowed().forEach(row.withArray("allowed")::add);
            row.set("example", Results.mapper().valueToTree(parameter.example()));
            row.set("defaultValue", Results.mapper().valueToTree(parameter.defaultValue()));
        });
        return json;
    }
}
